// The one HTTP client that both servers are measured with.
import { Agent, request } from 'node:http';

type Method = 'GET' | 'POST';

/** Sends requests to MLflow's REST API of one server over connections that stay open. */
export class BenchClient {
  private readonly agent = new Agent({ keepAlive: true });

  /** @param uri the tracking URI; a path prefix in it is kept */
  constructor(private readonly uri: string) {}

  /**
   * Sends a request and resolves with the whole answer, which is not parsed.
   * @param endpoint below `api/2.0/mlflow/`, such as `runs/search`
   * @param signal gives the request up
   * @throws Error naming the endpoint, where the answer is not 200 or there is none
   */
  async send(method: Method, endpoint: string, body?: string, signal?: AbortSignal): Promise<Buffer> {
    const { status, content } = await this.attempt(method, endpoint, body, signal);
    if (status !== 200) {
      throw new Error(`${method} ${endpoint} answered ${status}: ${content.toString().slice(0, 500)}`);
    }
    return content;
  }

  /** Like `send`, for a value as JSON, and parses the answer. */
  async call<T>(endpoint: string, body: unknown): Promise<T> {
    return JSON.parse((await this.send('POST', endpoint, JSON.stringify(body))).toString()) as T;
  }

  close(): void {
    this.agent.destroy();
  }

  private attempt(
    method: Method,
    endpoint: string,
    body: string | undefined,
    signal?: AbortSignal,
  ): Promise<{ status: number; content: Buffer }> {
    return new Promise((resolve, reject) => {
      const headers =
        body === undefined
          ? {}
          : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
      const url = `${this.uri}/api/2.0/mlflow/${endpoint}`;
      const sent = request(url, { method, headers, agent: this.agent, signal }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, content: Buffer.concat(parts) }),
        );
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // A server may close a connection that was idle just as it is used again: nothing was done then.
        if (sent.reusedSocket && error.code === 'ECONNRESET') {
          this.attempt(method, endpoint, body, signal).then(resolve, reject);
        } else {
          reject(new Error(`${method} ${endpoint} failed: ${error.message}`, { cause: error }));
        }
      });
      sent.end(body);
    });
  }
}
