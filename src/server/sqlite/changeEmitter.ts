import type { Disposable } from '../../core/base/disposable.js';
import { Emitter, type Event } from '../../core/base/event.js';
import type { StoreChange } from '../../core/domain/changes.js';

/** An event of changes that tells when the first listener comes and the last one goes. */
export class ChangeEmitter implements Disposable {
  private readonly emitter = new Emitter<StoreChange>();
  private listeners = 0;

  constructor(private readonly onWanted: (wanted: boolean) => void) {}

  readonly event: Event<StoreChange> = (listener) => {
    const subscription = this.emitter.event(listener);
    let active = true;
    this.count(1);
    return {
      dispose: () => {
        if (active) {
          active = false;
          subscription.dispose();
          this.count(-1);
        }
      },
    };
  };

  fire(change: StoreChange): void {
    this.emitter.fire(change);
  }

  dispose(): void {
    this.emitter.dispose();
    this.onWanted(false);
  }

  private count(step: 1 | -1): void {
    const before = this.listeners;
    this.listeners += step;
    if ((before === 0) !== (this.listeners === 0)) {
      this.onWanted(this.listeners > 0);
    }
  }
}
