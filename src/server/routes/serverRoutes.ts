import { welcomePage } from '../welcomePage.js';
import { type Route, type RouteRequest, SENT } from './route.js';
import { sendPage } from './sendPage.js';

/** The release of MLflow whose API this server speaks. */
const MLFLOW_API_VERSION = '3.18.0';

/** Below `/api/3.0` MLflow has one call that every client of 3.x makes: what the server can do. */
const SERVER_INFO = '/3.0/mlflow/server-info';

export const SERVER_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/',
    handle: ({ raw, reply }, context) => {
      sendPage(reply, welcomePage(context.identity(), `http://${raw.headers.host ?? ''}`, hasSecret(raw)));
      return Promise.resolve(SENT);
    },
  },
  plainText('/health', 'OK'),
  plainText('/version', MLFLOW_API_VERSION),
  ...['/api', '/ajax-api'].map((prefix): Route => ({
    method: 'GET',
    path: prefix + SERVER_INFO,
    handle: () => Promise.resolve(serverInfo()),
  })),
];

/** Whether the request came in below a secret: then there is more in its target than the router saw. */
function hasSecret({ originalUrl, url }: RouteRequest['raw']): boolean {
  return originalUrl !== url;
}

function plainText(path: string, text: string): Route {
  return {
    method: 'GET',
    path,
    handle: async ({ reply }) => {
      await reply.type('text/plain; charset=utf-8').send(text);
      return SENT;
    },
  };
}

function serverInfo(): unknown {
  return {
    store_type: 'SqlStore',
    workspaces_enabled: false,
    trace_archival_enabled: false,
    multipart_uploads_enabled: false,
    multipart_downloads_enabled: false,
    artifact_serving_enabled: true,
    presigned_upload_run_id_supported: false,
    presigned_upload_model_id_supported: false,
    model_artifact_presigned_downloads_supported: false,
    features_enabled: { gateway: false, scheduled_issue_detection: false },
    tracking_auth: '',
    artifacts_presigned_only: false,
  };
}
