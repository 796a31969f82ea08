import { bool, listOf, messageOf, string } from '../messageTypes.js';
import { isArray, isBool, isString, required } from './checks.js';
import { defineRequest } from './definition.js';
import { KEY_VALUE } from './messages.js';

/** For parameters that are texts and have to be there. */
const someText = [isString, required];

export const CREATE_MODEL_VERSION = defineRequest(
  {
    name: string,
    source: string,
    run_id: string,
    tags: listOf(messageOf(KEY_VALUE)),
    run_link: string,
    description: string,
    model_id: string,
  },
  {
    name: someText,
    source: someText,
    run_id: [isString],
    tags: [isArray],
    run_link: [isString],
    description: [isString],
    model_id: [isString],
  },
);

/** Get and delete. */
export const ONE_MODEL_VERSION = defineRequest(
  { name: string, version: string },
  { name: someText, version: someText },
);

/** MLflow checks nothing here before its store does. */
export const GET_DOWNLOAD_URI = defineRequest({ name: string, version: string }, {});

export const UPDATE_MODEL_VERSION = defineRequest(
  { name: string, version: string, description: string },
  { name: someText, version: someText, description: [isString] },
);

export const TRANSITION_STAGE = defineRequest(
  { name: string, version: string, stage: string, archive_existing_versions: bool },
  { name: someText, version: someText, stage: someText, archive_existing_versions: [isBool] },
);

export const SET_MODEL_VERSION_TAG = defineRequest(
  { name: string, version: string, key: string, value: string },
  { name: someText, version: someText, key: someText, value: [isString] },
);

export const DELETE_MODEL_VERSION_TAG = defineRequest(
  { name: string, version: string, key: string },
  { name: someText, version: someText, key: someText },
);
