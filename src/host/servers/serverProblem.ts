import type { ServerHolder } from '../../core/stores/serverHolder.js';

/** Why a store has no server that can be used. */
export type ServerProblem =
  /** It is held by a server that does not answer, as far as it has told by which. */
  | { readonly kind: 'silent'; readonly storePath: string; readonly holder?: ServerHolder }
  /** Its server speaks another protocol, and is not this extension's to end. */
  | { readonly kind: 'tooOld' | 'tooNew'; readonly holder: ServerHolder }
  /** This extension's files are gone: it was updated, and the window still runs the former one. */
  | { readonly kind: 'programGone' };
