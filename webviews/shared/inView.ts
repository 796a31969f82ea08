import { type RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** How far outside the window something counts as in view, so that it is drawn before it is scrolled to. */
const MARGIN = '200px';

const watched = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** One observer serves the whole page: a page can have thousands of small pictures. */
function sharedObserver(): IntersectionObserver {
  return (observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) if (entry.isIntersecting) watched.get(entry.target)?.();
    },
    { rootMargin: MARGIN },
  ));
}

/** A ref and whether its element has come into view; once seen, it stays true. */
export function useSeen<T extends Element>(): [RefObject<T>, boolean] {
  const ref = useRef<T>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element || seen) return undefined;
    const observe = sharedObserver();
    watched.set(element, () => setSeen(true));
    observe.observe(element);
    return () => {
      observe.unobserve(element);
      watched.delete(element);
    };
  }, [seen]);
  return [ref, seen];
}
