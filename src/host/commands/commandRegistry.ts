import { commands, l10n } from 'vscode';
import { type Disposable, DisposableStore } from '../../core/base/disposable.js';
import { messageOf } from '../../core/base/errors.js';
import type { Logger } from '../../core/base/logger.js';
import { type Command, Commands } from '../../manifest/commands.js';
import { showError } from '../platform/notify.js';
import type { CommandArguments } from './commandArguments.js';

/** What each command does. Complete: a command without a handler does not compile. */
export type CommandHandlers = { readonly [K in Command]: (...args: CommandArguments[K]) => unknown };

/** Registers every command with one wrapper that logs it, times it and shows what went wrong. */
export class CommandRegistry implements Disposable {
  private readonly disposables = new DisposableStore();

  constructor(
    handlers: CommandHandlers,
    private readonly logger: Logger,
  ) {
    for (const command of Object.values(Commands)) {
      this.register(command, handlers);
    }
  }

  private register<K extends Command>(command: K, handlers: Pick<CommandHandlers, K>): void {
    this.disposables.add(
      commands.registerCommand(command, (...args: unknown[]) =>
        // VS Code hands over what the menu or the node gave; handlers look at it before they use it.
        this.run(command, () => handlers[command](...(args as CommandArguments[K]))),
      ),
    );
  }

  private async run(command: Command, work: () => unknown): Promise<void> {
    const start = performance.now();
    try {
      await work();
      this.logger.debug(`${command} took ${Math.round(performance.now() - start)} ms`);
    } catch (error) {
      this.logger.error(
        `${command}: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`,
      );
      // Not awaited: the command has ended, whatever the person does with the message.
      void showError(messageOf(error), {
        title: l10n.t('Show Output'),
        run: () => commands.executeCommand(Commands.showOutput),
      });
    }
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
