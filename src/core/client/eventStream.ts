/**
 * The data of server-sent events, one string for each event; comments and other fields are left out.
 * @param chunks UTF-8 in pieces of any size
 * @param maxLength of what has not made a whole line yet, in characters
 */
export async function* eventData(
  chunks: AsyncIterable<Uint8Array>,
  maxLength: number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLength) {
      throw new Error('An event is too long.');
    }
    for (const line of lines.map((text) => text.replace(/\r$/, ''))) {
      if (line.startsWith('data:')) {
        data.push(line.slice('data:'.length).replace(/^ /, ''));
      } else if (line === '' && data.length > 0) {
        yield data.join('\n');
        data = [];
      }
    }
  }
}
