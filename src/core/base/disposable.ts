/** Something that holds a resource until it is told to let go. The shape is VS Code's. */
export interface Disposable {
  dispose(): void;
}

/** Makes a {@link Disposable} of a function. */
export function toDisposable(dispose: () => void): Disposable {
  return { dispose };
}

/** Owns disposables and disposes them once, last added first. What is added too late is disposed at once. */
export class DisposableStore implements Disposable {
  private readonly items: Disposable[] = [];
  private disposed = false;

  /** Takes ownership of `item` and returns it. */
  add<T extends Disposable>(item: T): T {
    if (this.disposed) {
      item.dispose();
    } else {
      this.items.push(item);
    }
    return item;
  }

  dispose(): void {
    this.disposed = true;
    for (const item of this.items.splice(0).reverse()) {
      item.dispose();
    }
  }
}
