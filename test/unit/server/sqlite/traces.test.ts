import { describe, expect, it } from 'vitest';
import { tagValue } from '../../../../src/core/domain/tag.js';
import { KNOWN_REVISIONS, releasesOf, schemaOf } from '../../../../src/server/sqlite/schemas/index.js';
import { expectError } from '../../../conformance/suite/subject.js';
import { freshOtelId, spanOf, traceOf } from '../../../support/traces.js';
import { openTestStore, testPath, valueOf } from './support.js';

const having = (table: string) =>
  KNOWN_REVISIONS.filter((revision) =>
    schemaOf(revision).some((statement) => new RegExp(`CREATE TABLE "?${table}"? \\(`).test(statement)),
  );
const lacking = (table: string) => KNOWN_REVISIONS.filter((revision) => !having(table).includes(revision));

const USAGE = '{"input_tokens": 1, "output_tokens": 2, "total_tokens": 3}';
const COST = '{"input_cost": 0.5, "output_cost": 1.0, "total_cost": 1.5}';
const UPGRADE = /mlflow db upgrade/;

describe.each(having('trace_info'))('traces at revision %s', (revision) => {
  it('are kept, found and deleted', async () => {
    const path = testPath();
    const { store } = openTestStore(path, { createRevision: revision });
    const metadata = [
      { key: 'mlflow.trace.session', value: 's' },
      { key: 'mlflow.trace.tokenUsage', value: USAGE },
      { key: 'mlflow.trace.cost', value: COST },
    ];
    const tags = [{ key: 'mlflow.traceName', value: 'name' }];
    const { traceId } = await store.startTrace(traceOf('0', { metadata, tags }));
    const info = await store.getTraceInfo(traceId);
    expect(info).toMatchObject({ requestTime: 1_700_000_000_000, executionDuration: 250, state: 'OK' });
    expect(info.metadata).toEqual(expect.arrayContaining(metadata));
    expect(tagValue(info.tags, 'mlflow.traceName')).toBe('name');
    await store.setTraceTag(traceId, { key: 'k', value: 'v' });
    const filter =
      "name = 'name' AND metadata.`mlflow.trace.session` = 's' AND tags.k = 'v' AND status = 'OK'";
    const query = { experimentIds: ['0'], maxResults: 5, orderBy: ['name', 'run_id DESC', 'tags.k'], filter };
    expect((await store.searchTraces(query)).items).toHaveLength(1);
    for (const reserved of ['mlflow.trace.tokenUsage', 'mlflow.trace.cost']) {
      const present = { ...query, filter: `metadata.\`${reserved}\` IS NOT NULL` };
      expect((await store.searchTraces(present)).items, reserved).toHaveLength(1);
    }
    const begun = await store.beginTrace({ experimentId: '0', requestTime: 5, metadata, tags });
    await store.endTrace({ traceId: begun.traceId, endTime: 9, state: 'OK', metadata: [], tags: [] });
    const ids = [traceId, begun.traceId];
    expect(await store.deleteTraces({ experimentId: '0', traceIds: ids })).toBe(2);
    expect(
      valueOf(path, 'SELECT (SELECT count(*) FROM trace_tags) + (SELECT count(*) FROM trace_info)'),
    ).toBe(0);
  });
});

describe.each(having('spans'))('spans at revision %s', (revision) => {
  it('are kept with what they tell of their trace', async () => {
    const path = testPath();
    const { store } = openTestStore(path, { createRevision: revision });
    const otelId = freshOtelId();
    const attributes = [
      { key: 'mlflow.chat.tokenUsage', value: USAGE },
      { key: 'mlflow.llm.cost', value: COST },
      { key: 'session.id', value: '"s"' },
    ];
    await store.logSpans('0', [spanOf(otelId, { attributes })]);
    const below = { spanId: '2'.repeat(16), parentSpanId: '3'.repeat(16), attributes };
    await store.logSpans('0', [spanOf(otelId, below)]);
    const { info, spans } = await store.getTrace(`tr-${otelId}`);
    expect(spans).toHaveLength(2);
    expect(info.metadata).toEqual(
      expect.arrayContaining([
        { key: 'mlflow.trace.session', value: 's' },
        {
          key: 'mlflow.trace.tokenUsage',
          value: '{"input_tokens": 2, "output_tokens": 4, "total_tokens": 6}',
        },
        { key: 'mlflow.trace.cost', value: '{"input_cost": 1.0, "output_cost": 2.0, "total_cost": 3.0}' },
      ]),
    );
    const metadata = [{ key: 'mlflow.trace.tokenUsage', value: USAGE }];
    await store.startTrace(traceOf('0', { traceId: info.traceId, metadata }));
    await store.logSpans('0', [spanOf(otelId, { ...below, spanId: '4'.repeat(16) })]);
    const later = await store.getTraceInfo(info.traceId);
    expect(tagValue(later.metadata, 'mlflow.trace.tokenUsage'), 'what the client says stays').toBe(USAGE);
    const query = { experimentIds: ['0'], maxResults: 5, orderBy: [], filter: "span.name = 'root'" };
    expect((await store.searchTraces(query)).items).toHaveLength(1);
    await store.linkTracesToRun([info.traceId], 'run');
    await store.deleteTraces({ experimentId: '0', traceIds: [info.traceId] });
    expect(valueOf(path, 'SELECT count(*) FROM spans')).toBe(0);
  });
});

describe.each(having('assessments'))('assessments at revision %s', (revision) => {
  it('are kept', async () => {
    const { store } = openTestStore(testPath(), { createRevision: revision });
    const { traceId } = await store.startTrace(traceOf('0'));
    const created = await store.createAssessment(traceId, {
      name: 'score',
      kind: 'feedback',
      value: '0.5',
      source: { type: 'HUMAN' },
      metadata: [{ key: 'mlflow.assessment.sourceRunId', value: 'run' }],
    });
    expect((await store.getTraceInfo(traceId)).assessments).toEqual([created]);
    const query = { experimentIds: ['0'], maxResults: 5, orderBy: [], filter: 'feedback.score > 0.25' };
    expect((await store.searchTraces(query)).items).toHaveLength(1);
  });
});

describe.each(having('evaluation_datasets'))('evaluation datasets at revision %s', (revision) => {
  it('are kept', async () => {
    const { store } = openTestStore(testPath(), { createRevision: revision });
    const { datasetId } = await store.createDataset({ name: 'd', experimentIds: ['0'], tags: [] });
    await store.upsertDatasetRecords(datasetId, '[{"inputs": {"q": 1}, "expectations": {"a": 2}}]');
    const { items } = await store.getDatasetRecords({ datasetId, maxResults: 5 });
    expect(items).toMatchObject([{ inputs: '{"q": 1}', expectations: '{"a": 2}' }]);
    const found = await store.searchEvaluationDatasets({ experimentIds: ['0'], maxResults: 5, orderBy: [] });
    expect(found.items.map(({ name }) => name)).toEqual(['d']);
  });
});

describe('what an old database cannot hold', () => {
  const storeAt = (revision: string) => openTestStore(testPath(), { createRevision: revision }).store;

  it.each(lacking('trace_info'))('at %s: traces', async (revision) => {
    const store = storeAt(revision);
    const query = { experimentIds: ['0'], maxResults: 5, orderBy: [] };
    await expectError(store.startTrace(traceOf('0')), 'NOT_IMPLEMENTED', UPGRADE);
    await expectError(store.searchTraces(query), 'NOT_IMPLEMENTED', UPGRADE);
  });

  it.each(lacking('spans'))('at %s: spans', async (revision) => {
    const store = storeAt(revision);
    await expectError(store.logSpans('0', [spanOf(freshOtelId())]), 'NOT_IMPLEMENTED', UPGRADE);
    await expectError(store.linkTracesToRun(['tr-x'], 'run'), 'NOT_IMPLEMENTED', UPGRADE);
  });

  it.each(lacking('assessments'))('at %s: assessments', async (revision) => {
    await expectError(storeAt(revision).getAssessment('tr-x', 'a-x'), 'NOT_IMPLEMENTED', UPGRADE);
  });

  it.each(lacking('evaluation_datasets'))('at %s: evaluation datasets', async (revision) => {
    await expectError(storeAt(revision).getDataset('d-x'), 'NOT_IMPLEMENTED', UPGRADE);
  });

  it('says which release of MLflow would', async () => {
    const [oldest = ''] = KNOWN_REVISIONS;
    expect(releasesOf(oldest)).toContain('2.9.2');
    await expectError(storeAt(oldest).getTraceInfo('tr-x'), 'NOT_IMPLEMENTED', /older than 2\.13 .* traces/);
  });
});
