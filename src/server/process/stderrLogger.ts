import type { Logger } from '../../core/base/logger.js';
import { LOG_LEVELS, type LogLevel } from './logLevels.js';

/**
 * Writes messages to standard error, a line each. The secret is taken out of every message, wherever it came from.
 */
export class StderrLogger implements Logger {
  private secret: string | undefined;

  constructor(private readonly level: LogLevel) {}

  /** @param secret never to be written */
  hide(secret: string): void {
    this.secret = secret;
  }

  trace(message: string): void {
    this.write('trace', message);
  }

  debug(message: string): void {
    this.write('debug', message);
  }

  info(message: string): void {
    this.write('info', message);
  }

  warn(message: string): void {
    this.write('warn', message);
  }

  error(message: string): void {
    this.write('error', message);
  }

  private write(level: LogLevel, message: string): void {
    if (LOG_LEVELS.indexOf(level) > LOG_LEVELS.indexOf(this.level)) {
      return;
    }
    const shown = this.secret === undefined ? message : message.replaceAll(this.secret, '<secret>');
    // What a terminal takes for a command is not passed on.
    const harmless = shown.replace(/[^\P{Cc}\n\t]/gu, '\ufffd');
    process.stderr.write(`${new Date().toISOString()} [${level}] ${harmless}\n`);
  }
}
