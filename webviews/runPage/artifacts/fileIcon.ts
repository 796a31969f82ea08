/** Codicons by the end of a file's name; what is not named here is a plain file. */
const ICONS: readonly (readonly [RegExp, string])[] = [
  [/\.(png|jpe?g|gif|svg|webp|bmp)$/i, 'file-media'],
  [/\.(zip|gz|tgz|bz2|xz|7z)$/i, 'file-zip'],
  [/\.pdf$/i, 'file-pdf'],
  [/\.(pkl|pickle|joblib|pt|pth|onnx|h5|keras|bin|safetensors|skops)$/i, 'file-binary'],
  [/\.(json|jsonl)$/i, 'json'],
  [/\.(csv|tsv|parquet)$/i, 'table'],
  [/\.(md|rst)$/i, 'markdown'],
  [/\.(py|js|ts|r|sh|ipynb)$/i, 'file-code'],
  [/^(MLmodel|.*\.(ya?ml|toml|ini|cfg))$/i, 'settings'],
];

/** The codicon for a file of this name. */
export function fileIcon(name: string): string {
  return ICONS.find(([pattern]) => pattern.test(name))?.[1] ?? 'file';
}
