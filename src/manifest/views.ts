/** The extension's view containers, views and webview panels. */
export const Views = {
  container: 'mlflowWorkbench',
  explorer: 'mlflowWorkbench.explorer',
} as const;

/** Types of webview panels. */
export const Panels = {
  runPage: 'mlflowWorkbench.runPage',
  trackingPlaces: 'mlflowWorkbench.trackingPlaces',
} as const;
