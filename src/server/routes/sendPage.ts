import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

const STYLE = /<style>([^]*?)<\/style>/;

/** Sends a page of ours. It may have one style of its own, and nothing else: no script, no frame, no request. */
export function sendPage(reply: FastifyReply, html: string): void {
  const style = STYLE.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  void reply
    .header(
      'content-security-policy',
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(html);
}
