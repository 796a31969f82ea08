import { useEffect, useState } from 'preact/hooks';
import { announce } from '../announcer.js';
import { t } from '../strings.js';
import { IconButton } from './IconButton.js';

/** How long a button says that it has copied, in milliseconds. */
const SHOWN = 1500;

/** Copies through `copy`: a webview has no clipboard of its own that works everywhere. */
export function CopyButton({ label, copy }: { label: string; copy: () => void }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      class="copy-button"
      icon={copied ? 'check' : 'copy'}
      label={label}
      onClick={() => {
        copy();
        setCopied(true);
        announce(t('copied'));
      }}
    />
  );
}
