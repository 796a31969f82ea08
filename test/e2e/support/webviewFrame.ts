import { type Frame, type Page } from 'playwright-core';

/**
 * The innermost frame of the webview that shows this text. A webview's document is two frames deep, and the frames
 * carry no name that a test could know, so they are told apart by what they show.
 */
export async function webviewFrame(page: Page, text: string | RegExp, timeout = 30_000): Promise<Frame> {
  const until = Date.now() + timeout;
  for (;;) {
    for (const frame of page.frames().filter((each) => each.parentFrame()?.parentFrame())) {
      // A frame can go away while it is looked at.
      const count = await frame
        .getByText(text)
        .count()
        .catch(() => 0);
      if (count > 0) return frame;
    }
    if (Date.now() > until) throw new Error(`No webview shows ${String(text)}`);
    await page.waitForTimeout(200);
  }
}
