/** VS Code's side of a webview, as far as our pages use it. */
interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

let acquired: WebviewApi | undefined;

/**
 * The one access to VS Code, typed for a page.
 * @template Message what the page may send
 * @template State what the page keeps while it is hidden and over a reload of the window
 */
export interface PageApi<Message, State extends object> {
  send(message: Message): void;
  /** The state that was kept, or undefined. Older versions of the page may have kept another shape. */
  restore(): Partial<State> | undefined;
  keep(state: State): void;
}

/** VS Code gives its API once for each page: later calls answer with the same one. */
export function pageApi<Message, State extends object>(): PageApi<Message, State> {
  const api = (acquired ??= acquireVsCodeApi());
  return {
    send: (message) => {
      api.postMessage(message);
    },
    restore: () => {
      const state = api.getState();
      return typeof state === 'object' && state !== null ? state : undefined;
    },
    keep: (state) => {
      api.setState(state);
    },
  };
}
