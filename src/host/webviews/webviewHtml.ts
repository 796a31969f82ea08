import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** The folder of the built pages, the only one that a page may load from. */
export function webviewFolder(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'webviews');
}

/**
 * A page's frame. Nothing may be loaded but the page's own script, style and font.
 * @param page name of its folder in webviews/, and so of its script and style
 */
export function webviewHtml(webview: Webview, extensionUri: Uri, page: string): string {
  const nonce = randomBytes(16).toString('base64url');
  const file = (name: string): string =>
    webview.asWebviewUri(Uri.joinPath(webviewFolder(extensionUri), name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1.0" />
    <link rel="stylesheet" href="${file(`${page}.css`)}" />
    <title>MLflow</title>
  </head>
  <body>
    <script type="module" nonce="${nonce}" src="${file(`${page}.js`)}"></script>
  </body>
</html>`;
}
