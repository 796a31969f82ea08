import { act } from 'preact/test-utils';
import { vi } from 'vitest';
import type { FromRunPage, RunPageState, ToRunPage } from '../../../src/protocol/runPage.js';

/** The run page as it runs in VS Code, and the extension's side of it. */
export interface OpenPage {
  /** What the page has sent, in order. */
  readonly sent: FromRunPage[];
  /** What the page keeps. */
  state(): RunPageState | undefined;
  /** Gives the page messages of the extension and waits until it has drawn them. */
  receive(...messages: ToRunPage[]): Promise<void>;
}

/** Loads the page's entry point on an empty document. `kept` is the state that VS Code has for it. */
export async function openRunPage(kept?: Partial<RunPageState>): Promise<OpenPage> {
  document.body.replaceChildren();
  document.body.className = 'vscode-body vscode-dark';
  const sent: FromRunPage[] = [];
  let state: unknown = kept;
  // Pages of earlier tests hold functions of their own and cannot reach this one's.
  vi.stubGlobal('acquireVsCodeApi', () => ({
    postMessage: (message: FromRunPage) => sent.push(structuredClone(message)),
    getState: () => state,
    setState: (next: unknown) => (state = structuredClone(next)),
  }));
  vi.stubGlobal('IntersectionObserver', AllInView);
  vi.resetModules();
  await act(async () => {
    await import('../../../webviews/runPage/main.js');
  });
  return {
    sent,
    state: () => state as RunPageState | undefined,
    receive: (...messages) =>
      act(() => {
        for (const data of messages) window.dispatchEvent(new MessageEvent('message', { data }));
      }),
  };
}

/** There is no layout here, so nothing is ever in view by itself: this says that everything is. */
class AllInView implements Pick<IntersectionObserver, 'observe' | 'unobserve'> {
  private readonly callback: IntersectionObserverCallback;
  constructor(callback: IntersectionObserverCallback) {
    this.callback = callback;
  }
  observe(target: Element): void {
    const entry = { target, isIntersecting: true } as unknown as IntersectionObserverEntry;
    this.callback([entry], this as unknown as IntersectionObserver);
  }
  unobserve(): void {
    // Nothing is watched any longer than `observe` takes.
  }
}
