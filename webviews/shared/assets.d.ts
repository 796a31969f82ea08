/** Style sheets are imported for their effect: esbuild puts them into one file beside the page's script. */
declare module '*.css';
