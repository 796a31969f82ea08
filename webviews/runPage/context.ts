import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { RunPageModel } from './model.js';
import type { ViewState } from './viewState.js';

/** What every component of the page may read. */
interface PageContext {
  readonly model: RunPageModel;
  readonly view: ViewState;
}

export const Page = createContext<PageContext | undefined>(undefined);

export function usePage(): PageContext {
  const page = useContext(Page);
  if (!page) throw new Error('A component of the run page is used outside of it.');
  return page;
}
