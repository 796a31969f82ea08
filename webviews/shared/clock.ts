import { useEffect, useState } from 'preact/hooks';

/**
 * The time now in milliseconds since the epoch, renewed every `interval` milliseconds while `running`.
 * A hidden page is not renewed: nobody sees it.
 */
export function useNow(interval: number, running = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, interval);
    return () => clearInterval(timer);
  }, [interval, running]);
  return now;
}
