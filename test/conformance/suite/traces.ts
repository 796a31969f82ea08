import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { pythonJson } from '../../../src/core/base/pythonJson.js';
import { asRecord, expectError, freshExperiment, freshRunId, type OpenSubject, useStore } from './subject.js';
import { freshOtelId, keptOf, spanOf, traceOf } from '../../support/traces.js';

/** Protobuf has integers of 64 bits, and no others. */
function inProtobuf(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json), (_key, value: unknown) =>
    Number.isInteger(value) && !Number.isSafeInteger(value) ? 0.5 : value,
  );
}

export function describeTraces(open: OpenSubject): void {
  describe('traces', () => {
    const store = useStore(open);
    let experimentId = '';
    beforeAll(async () => {
      experimentId = await freshExperiment(store());
    });

    it('come back as they were started', async () => {
      const trace = traceOf(experimentId, {
        clientRequestId: 'mine',
        requestPreview: 'größe',
        responsePreview: '',
        metadata: [
          { key: 'mlflow.trace.session', value: 's' },
          { key: 'own', value: '' },
        ],
        tags: [
          { key: 'mlflow.traceName', value: 'name' },
          { key: 'color', value: 'red' },
        ],
      });
      const started = await store().startTrace(trace);
      expect(started).toEqual(await store().getTraceInfo(trace.traceId));
      expect(started).toMatchObject({
        traceId: trace.traceId,
        experimentId,
        requestTime: 1_700_000_000_000,
        executionDuration: 250,
        state: 'OK',
        clientRequestId: 'mine',
        requestPreview: 'größe',
        responsePreview: '',
        assessments: [],
      });
      expect(asRecord(started.tags)).toMatchObject({ 'mlflow.traceName': 'name', color: 'red' });
      expect(asRecord(started.tags)['mlflow.artifactLocation']).toMatch(`traces/${trace.traceId}/artifacts`);
      expect(asRecord(started.metadata)).toMatchObject({ 'mlflow.trace.session': 's', own: '' });
    });

    it('are begun and ended as clients before MLflow 3 do', async () => {
      const begun = await store().beginTrace({
        experimentId,
        requestTime: 1000,
        metadata: [{ key: 'a', value: '1' }],
        tags: [{ key: 'mlflow.traceName', value: 'old' }],
      });
      expect(begun.state).toBe('IN_PROGRESS');
      const { traceId } = begun;
      const metadata = [{ key: 'b', value: '2' }];
      await store().endTrace({ traceId, endTime: 1500, state: 'ERROR', metadata, tags: [] });
      const ended = await store().getTraceInfo(traceId);
      expect(ended).toMatchObject({ state: 'ERROR', requestTime: 1000, executionDuration: 500 });
      expect(asRecord(ended.metadata)).toMatchObject({ a: '1', b: '2' });
    });

    it('keep spans whole, whether these come before the trace or after', async () => {
      const otelId = freshOtelId();
      const root = spanOf(otelId, {
        kind: 'SPAN_KIND_SERVER',
        statusCode: 'ERROR',
        statusMessage: 'it broke',
        attributes: [
          {
            key: 'mlflow.spanInputs',
            value: '{"text": "größe", "n": 1, "f": 1.0, "deep": [[], {}, null, true]}',
          },
          { key: 'mlflow.spanType', value: '"LLM"' },
          { key: 'big', value: '9007199254740993' },
        ],
        events: [{ name: 'e', timeNs: 1_700_000_000_000_000_003n, attributes: [{ key: 'f', value: '2.0' }] }],
        links: [{ traceId: `tr-${'b'.repeat(32)}`, spanId: 'c'.repeat(16), attributes: [] }],
      });
      const child = spanOf(otelId, { spanId: '2'.repeat(16), parentSpanId: root.spanId, name: 'child' });
      await store().logSpans(experimentId, [child]);
      await store().startTrace(traceOf(experimentId, { traceId: root.traceId, state: 'ERROR' }));
      await store().logSpans(experimentId, [root]);
      const { info, spans } = await store().getTrace(root.traceId);
      expect(spans).toEqual([keptOf(root), keptOf(child)]);
      expect(info).toMatchObject({ state: 'ERROR', executionDuration: 250 });
      expect(asRecord(info.tags)['mlflow.trace.spansLocation']).toBe('TRACKING_STORE');
    });

    it('tell what their spans tell', async () => {
      const otelId = freshOtelId();
      const usage = (value: string) => [{ key: 'mlflow.chat.tokenUsage', value }];
      const call = '{"input_tokens": 1, "output_tokens": 2, "total_tokens": 3}';
      const below = { parentSpanId: '1'.repeat(16), attributes: usage(call) };
      await store().logSpans(experimentId, [
        spanOf(otelId, { spanId: '2'.repeat(16), ...below }),
        spanOf(otelId, { spanId: '3'.repeat(16), ...below }),
        // Told by the span above it already.
        spanOf(otelId, { spanId: '4'.repeat(16), parentSpanId: '3'.repeat(16), attributes: usage(call) }),
      ]);
      await store().logSpans(experimentId, [
        spanOf(otelId, {
          attributes: [
            { key: 'mlflow.spanInputs', value: '{"messages": [{"role": "user", "content": "hello"}]}' },
            { key: 'mlflow.spanOutputs', value: '"bye"' },
            { key: 'session.id', value: '"s-1"' },
            { key: 'user.id', value: '"ada"' },
          ],
          resource: [
            { key: 'service.name', value: '"shop"' },
            { key: 'telemetry.sdk.name', value: '"x"' },
          ],
        }),
      ]);
      const info = await store().getTraceInfo(`tr-${otelId}`);
      expect(info).toMatchObject({ state: 'OK', requestPreview: 'hello', responsePreview: '"bye"' });
      expect(info).toMatchObject({ requestTime: 1_700_000_000_000, executionDuration: 5 });
      expect(asRecord(info.metadata)).toEqual({
        'mlflow.trace.session': 's-1',
        'mlflow.trace.user': 'ada',
        'mlflow.trace.tokenUsage': '{"input_tokens": 2, "output_tokens": 4, "total_tokens": 6}',
      });
      expect(asRecord(info.tags)).toMatchObject({ 'service.name': 'shop' });
      expect(Object.keys(asRecord(info.tags))).not.toContain('telemetry.sdk.name');
    });

    it('are given by ids, in their order, and only where they are complete', async () => {
      const [first, second, third] = [freshOtelId(), freshOtelId(), freshOtelId()];
      await store().logSpans(experimentId, [spanOf(first), spanOf(second), spanOf(third)]);
      const stats = { key: 'mlflow.trace.sizeStats', value: '{"num_spans": 2}' };
      await store().startTrace(traceOf(experimentId, { traceId: `tr-${third}`, metadata: [stats] }));
      const traceIds = [second, third, freshOtelId(), first].map((id) => `tr-${id}`);
      const infos = await store().getTraceInfos({ traceIds });
      expect(infos.map(({ traceId }) => traceId)).toEqual([traceIds[0], traceIds[1], traceIds[3]]);
      const traces = await store().getTraces({ traceIds });
      expect(traces.map(({ info }) => info.traceId)).toEqual([traceIds[0], traceIds[3]]);
      expect(await store().getTraceInfos({ traceIds, experimentIds: ['0'] })).toEqual([]);
    });

    it('have tags that change', async () => {
      const { traceId } = await store().startTrace(traceOf(experimentId));
      await store().setTraceTag(traceId, { key: 'k', value: '1' });
      await store().setTraceTag(traceId, { key: 'k', value: '2' });
      await store().setTraceTag(traceId, { key: 'mlflow.traceName', value: 'renamed' });
      expect(asRecord((await store().getTraceInfo(traceId)).tags)).toMatchObject({
        k: '2',
        'mlflow.traceName': 'renamed',
      });
      await store().deleteTraceTag(traceId, 'k');
      await store().deleteTraceTag(traceId, 'mlflow.traceName');
      const { tags } = await store().getTraceInfo(traceId);
      expect(tags.map(({ key }) => key)).toEqual(['mlflow.artifactLocation']);
      await expectError(store().deleteTraceTag(traceId, 'k'), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(store().setTraceTag('tr-nope', { key: 'k', value: 'v' }), 'RESOURCE_DOES_NOT_EXIST');
    });

    it('are deleted with all that belongs to them', async () => {
      const own = await freshExperiment(store());
      const otelId = freshOtelId();
      const traceId = `tr-${otelId}`;
      await store().logSpans(own, [spanOf(otelId)]);
      await store().startTrace(traceOf(own, { requestTime: 1 }));
      await store().startTrace(traceOf(own, { requestTime: 2 }));
      expect(await store().deleteTraces({ experimentId: own, traceIds: [traceId, 'tr-nope'] })).toBe(1);
      await expectError(store().getTrace(traceId), 'RESOURCE_DOES_NOT_EXIST');
      expect(
        await store().deleteTraces({ experimentId: own, traceIds: [], maxTimestamp: 5, maxTraces: 1 }),
      ).toBe(1);
      const left = await store().searchTraces({ experimentIds: [own], maxResults: 10, orderBy: [] });
      expect(left.items.map(({ requestTime }) => requestTime)).toEqual([2]);
      await expectError(store().deleteTraces({ experimentId: own, traceIds: [] }), 'INVALID_PARAMETER_VALUE');
    });

    it('are linked to runs and prompts', async () => {
      const runId = await freshRunId(store(), { experimentId });
      const { traceId } = await store().startTrace(traceOf(experimentId));
      await store().linkTracesToRun([traceId], runId);
      await store().linkTracesToRun([traceId], runId);
      await store().linkPromptsToTrace(traceId, [{ name: 'p', version: '1' }]);
      for (const filter of [`run_id = '${runId}'`, "prompt = 'p/1'"]) {
        const { items } = await store().searchTraces({
          experimentIds: [experimentId],
          maxResults: 10,
          orderBy: [],
          filter,
        });
        expect(items.map((info) => info.traceId)).toEqual([traceId]);
      }
    });

    it('refuse what cannot be', async () => {
      const trace = traceOf(experimentId);
      await store().startTrace(trace);
      const elsewhere = await freshExperiment(store());
      await expectError(store().startTrace({ ...trace, experimentId: elsewhere }), 'INVALID_PARAMETER_VALUE');
      await expectError(store().startTrace(traceOf('4711')), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(
        store().startTrace(traceOf(experimentId, { traceId: '../x' })),
        'INVALID_PARAMETER_VALUE',
      );
      await expectError(store().getTraceInfo('tr-nope'), 'RESOURCE_DOES_NOT_EXIST');
      await expectError(store().getTrace('tr-nope'), 'RESOURCE_DOES_NOT_EXIST');
      const otelId = trace.traceId.slice(3);
      await expectError(store().logSpans(elsewhere, [spanOf(otelId)]), 'INVALID_PARAMETER_VALUE');
    });

    it('keep any value of an attribute', async () => {
      // Words that are JSON of a text, a list or an object are unwrapped on their way in, as in MLflow.
      const value = fc.jsonValue({ maxDepth: 3 }).filter((json) => typeof json !== 'string');
      await fc.assert(
        fc.asyncProperty(value, async (json) => {
          const otelId = freshOtelId();
          const span = spanOf(otelId, { attributes: [{ key: 'any', value: pythonJson(inProtobuf(json)) }] });
          await store().logSpans(experimentId, [span]);
          expect((await store().getTrace(span.traceId)).spans).toEqual([keptOf(span)]);
        }),
        { numRuns: 40 },
      );
    });
  });
}
