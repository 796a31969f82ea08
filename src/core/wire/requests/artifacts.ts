import { string } from '../messageTypes.js';
import { isString, required } from './checks.js';
import { defineRequest } from './definition.js';

export const LIST_ARTIFACTS = defineRequest(
  { run_id: string, run_uuid: string, path: string, page_token: string },
  { run_id: [isString, required], path: [isString], page_token: [isString] },
);

export const LIST_LOGGED_MODEL_ARTIFACTS = defineRequest(
  { artifact_directory_path: string, page_token: string },
  { artifact_directory_path: [isString] },
);
