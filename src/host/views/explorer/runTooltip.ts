import { l10n, MarkdownString } from 'vscode';
import type { Staleness } from '../../../core/domain/runLiveness.js';
import type { Run } from '../../../core/domain/run.js';
import { SYSTEM_TAGS, tagValue } from '../../../core/domain/tag.js';
import { runDuration } from '../../../core/explorer/describeRun.js';
import { statusLabel } from './runStatus.js';
import { staleSentence } from './staleRun.js';

/** The facts of a run. All of it is text: names and tags come from scripts and are not markup. */
export function runTooltip(
  run: Run,
  experimentName: string,
  now: number,
  staleness: Staleness | undefined,
): MarkdownString {
  const { info, tags } = run;
  const duration = runDuration(run, staleness?.since ?? now);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [l10n.t('Status'), statusLabel(info.status)],
    [l10n.t('Started'), info.startTime === undefined ? undefined : new Date(info.startTime).toLocaleString()],
    [l10n.t('Duration'), duration],
    [l10n.t('Experiment'), experimentName],
    [l10n.t('User'), info.userId],
    [l10n.t('Source'), tagValue(tags, SYSTEM_TAGS.sourceName)],
    [l10n.t('Commit'), tagValue(tags, SYSTEM_TAGS.gitCommit)?.slice(0, 10)],
    [l10n.t('Run id'), info.runId],
  ];
  const markdown = new MarkdownString();
  markdown
    .appendMarkdown('**')
    .appendText(info.runName || info.runId)
    .appendMarkdown('**');
  const note = tagValue(tags, SYSTEM_TAGS.note);
  if (note) {
    markdown.appendMarkdown('\n\n').appendText(note.slice(0, 500));
  }
  if (staleness !== undefined) {
    markdown.appendMarkdown('\n\n').appendText(staleSentence(staleness));
  }
  markdown.appendMarkdown('\n\n');
  for (const [name, value] of facts) {
    if (value !== undefined && value !== '') {
      markdown.appendText(`${name}: ${value}`).appendMarkdown('  \n');
    }
  }
  return markdown;
}
