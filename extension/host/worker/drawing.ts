import type { BackgroundSnapshot } from '../../ipc/slices.ts';
import { desiredAppearance, type Appearance } from './appearance.ts';
import { reconcile, type Canvas } from './reconcile.ts';

/**
 * Draws one snapshot at a time and skips those that are out of date by then: two drawings side by side
 * could leave the notification of a call that has ended.
 */
export const createDrawing = (canvas: Canvas): ((snapshot: BackgroundSnapshot) => Promise<void>) => {
  let next: BackgroundSnapshot | null = null;
  let drawing: Promise<void> | null = null;
  let drawn: Appearance | null = null;

  const drawAll = async (): Promise<void> => {
    while (next) {
      const snapshot = next;
      next = null;
      const appearance = desiredAppearance(snapshot);
      await reconcile(canvas, appearance, drawn);
      drawn = appearance;
    }
  };

  return (snapshot) => {
    next = snapshot;
    drawing ??= drawAll().finally(() => {
      drawing = null;
    });
    return drawing;
  };
};
