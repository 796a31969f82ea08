import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  commands,
  env,
  l10n,
  ProcessExecution,
  Task,
  tasks,
  TaskScope,
  Uri,
  window,
  workspace,
} from 'vscode';
import { Commands } from '../../manifest/commands.js';
import { isFile, namesIn } from '../platform/files.js';
import { inform, type MessageAction } from '../platform/notify.js';
import type { MlflowReleases, PythonFacts } from '../python/mlflowReleases.js';

const SAMPLE = ['samples', 'sklearn-iris'];
const PACKAGES = ['mlflow', 'scikit-learn'];

/** Writes the packaged sample project into a folder, and says what it still needs to run. */
export class SampleProject {
  constructor(
    private readonly extensionUri: Uri,
    private readonly python: MlflowReleases,
  ) {}

  readonly create = async (target?: Uri): Promise<void> => {
    const folder =
      target instanceof Uri ? target : ((await emptyWorkspaceFolder()) ?? (await chooseFolder()));
    if (!folder) {
      return;
    }
    const kept = await copyMissing(Uri.joinPath(this.extensionUri, ...SAMPLE).fsPath, folder.fsPath);
    const inWorkspace = workspace.getWorkspaceFolder(folder) !== undefined;
    if (inWorkspace) {
      await window.showTextDocument(Uri.joinPath(folder, 'train.py'));
    }
    // Waits for the person, and so must not hold the command.
    void this.explain(folder, inWorkspace, kept);
  };

  private async explain(folder: Uri, inWorkspace: boolean, kept: readonly string[]): Promise<void> {
    const facts = workspace.isTrusted ? await this.python.factsOf(folder.fsPath) : {};
    const sentences = [
      l10n.t('The sample project is in {0}.', basename(folder.fsPath)),
      kept.length === 0 ? '' : l10n.t('These were there and were left as they are: {0}.', kept.join(', ')),
      nextStep(facts),
    ];
    const open: MessageAction = {
      title: l10n.t('Open Folder'),
      run: () => commands.executeCommand('vscode.openFolder', folder),
    };
    const start: MessageAction = {
      title: l10n.t('Start Tracking Here'),
      run: () => commands.executeCommand(Commands.startTracking, folder),
    };
    await inform(
      sentences.filter((sentence) => sentence !== '').join(' '),
      inWorkspace ? start : open,
      ...installActions(facts, folder),
    );
  }
}

function nextStep({ interpreter, mlflow }: PythonFacts): string {
  const install = `pip install ${PACKAGES.join(' ')}`;
  if (interpreter === undefined) {
    return l10n.t('No Python was found here: install Python 3.10 or later, then run "{0}".', install);
  }
  return mlflow === undefined
    ? l10n.t('Its script needs packages that {0} does not have: run "{1}".', interpreter, install)
    : l10n.t('Start tracking, open a terminal and run "python train.py".');
}

/** One at most: VS Code cuts off the titles of three buttons. */
function installActions({ interpreter, mlflow }: PythonFacts, folder: Uri): MessageAction[] {
  if (mlflow !== undefined) {
    return [];
  }
  return interpreter === undefined || !workspace.isTrusted
    ? [
        {
          title: l10n.t('Copy Install Command'),
          run: () => env.clipboard.writeText(`pip install ${PACKAGES.join(' ')}`),
        },
      ]
    : [{ title: l10n.t('Install in Terminal'), run: () => install(interpreter, folder) }];
}

/** A task, so that the terminal stays open with what pip said, and no shell quotes the path. */
function install(interpreter: string, folder: Uri): Thenable<unknown> {
  const execution = new ProcessExecution(interpreter, ['-m', 'pip', 'install', ...PACKAGES], {
    cwd: folder.fsPath,
  });
  const name = l10n.t('Install mlflow and scikit-learn');
  return tasks.executeTask(
    new Task(
      { type: 'process' },
      workspace.getWorkspaceFolder(folder) ?? TaskScope.Workspace,
      name,
      'MLflow',
      execution,
    ),
  );
}

/** The only folder of the workspace, where nothing but hidden files is in it. */
async function emptyWorkspaceFolder(): Promise<Uri | undefined> {
  const [only, ...others] = workspace.workspaceFolders ?? [];
  if (!only || others.length > 0) {
    return undefined;
  }
  const names = await namesIn(only.uri.fsPath);
  return names.every((name) => name.startsWith('.')) ? only.uri : undefined;
}

async function chooseFolder(): Promise<Uri | undefined> {
  const [folder] =
    (await window.showOpenDialog({
      title: l10n.t('Choose a folder for the sample project'),
      openLabel: l10n.t('Create Here'),
      canSelectFiles: false,
      canSelectFolders: true,
      canSelectMany: false,
    })) ?? [];
  return folder;
}

/** Copies the sample's files and returns the names of those that were there already and were left alone. */
async function copyMissing(from: string, to: string): Promise<string[]> {
  const kept: string[] = [];
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const target = join(to, entry.name);
    if (entry.isDirectory()) {
      kept.push(...(await copyMissing(join(from, entry.name), target)));
    } else if (await isFile(target)) {
      kept.push(entry.name);
    } else {
      await copyFile(join(from, entry.name), target);
    }
  }
  return kept;
}
