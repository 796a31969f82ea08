/** VS Code's theme as scripts need it, for what is drawn on a canvas. Everything else uses the variables in CSS. */

/** A theme's colour by the name of its CSS variable, or the text colour where the theme leaves it out. */
export function themeColor(variable: string): string {
  const style = getComputedStyle(document.documentElement);
  return style.getPropertyValue(variable).trim() || style.getPropertyValue('--vscode-foreground').trim();
}

/** Whether the person chose a theme of high contrast. */
export function isHighContrast(): boolean {
  return document.body.classList.contains('vscode-high-contrast');
}

/**
 * Calls `changed` after VS Code has put another theme on the page.
 * @returns what stops it
 */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  // VS Code writes the variables to the root's style and the kind of theme to the body's class.
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  return () => observer.disconnect();
}
