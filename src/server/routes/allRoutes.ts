import { ARTIFACT_PROXY_ROUTES } from './artifactProxyRoutes.js';
import { ARTIFACT_ROUTES } from './artifactRoutes.js';
import { DATASET_ROUTES } from './datasetRoutes.js';
import { EXPERIMENT_ROUTES } from './experimentRoutes.js';
import { HISTORY_ROUTES } from './historyRoutes.js';
import { LOGGED_MODEL_ROUTES } from './loggedModelRoutes.js';
import { LOGGING_ROUTES } from './loggingRoutes.js';
import { MODEL_VERSION_ARTIFACT_ROUTES } from './modelVersionArtifactRoutes.js';
import { MODEL_VERSION_ROUTES } from './modelVersionRoutes.js';
import { REGISTERED_MODEL_ROUTES } from './registeredModelRoutes.js';
import { ASSESSMENT_ROUTES } from './assessmentRoutes.js';
import { OTLP_ROUTES } from './otlpRoutes.js';
import type { Route } from './route.js';
import { RUN_ROUTES } from './runRoutes.js';
import { SERVER_ROUTES } from './serverRoutes.js';
import { STORE_FILE_ROUTES } from './storeFileRoutes.js';
import { TRACE_ARTIFACT_ROUTES } from './traceArtifactRoutes.js';
import { TRACE_ROUTES } from './traceRoutes.js';
import { TRACE_ROUTES_V2 } from './traceRoutesV2.js';
import { WORKBENCH_ROUTES } from './workbenchRoutes.js';

/** Everything that the server answers. A route that is not in this table does not exist. */
export const ALL_ROUTES: readonly Route[] = [
  ...EXPERIMENT_ROUTES,
  ...RUN_ROUTES,
  ...LOGGING_ROUTES,
  ...HISTORY_ROUTES,
  ...LOGGED_MODEL_ROUTES,
  ...REGISTERED_MODEL_ROUTES,
  ...MODEL_VERSION_ROUTES,
  ...MODEL_VERSION_ARTIFACT_ROUTES,
  ...ARTIFACT_ROUTES,
  ...ARTIFACT_PROXY_ROUTES,
  ...TRACE_ROUTES,
  ...TRACE_ROUTES_V2,
  ...TRACE_ARTIFACT_ROUTES,
  ...ASSESSMENT_ROUTES,
  ...OTLP_ROUTES,
  ...DATASET_ROUTES,
  ...SERVER_ROUTES,
  ...WORKBENCH_ROUTES,
  ...STORE_FILE_ROUTES,
];
