import { describe, expect, it } from 'vitest';
import {
  asRecord,
  expectError,
  freshExperiment,
  freshName,
  freshRunId,
  type OpenSubject,
  useStore,
} from './subject.js';

export function describeDatasets(open: OpenSubject): void {
  describe('evaluation datasets', () => {
    const store = useStore(open);
    const create = (experimentIds: readonly string[] = [], name = freshName('dataset')) =>
      store().createDataset({ name, experimentIds, tags: [{ key: 'mlflow.user', value: 'ada' }] });
    const recordsOf = async (datasetId: string) =>
      (await store().getDatasetRecords({ datasetId, maxResults: 1000 })).items;

    it('come back as they were made', async () => {
      const experimentId = await freshExperiment(store());
      const { experimentIds, ...created } = await create([experimentId]);
      expect(experimentIds).toEqual([experimentId]);
      expect(created.datasetId).toMatch(/^d-[0-9a-f]{32}$/);
      expect(created).toMatchObject({ createdBy: 'ada', tags: [{ key: 'mlflow.user', value: 'ada' }] });
      expect(await store().getDataset(created.datasetId)).toEqual(created);
    });

    it('keep records, one for the same inputs', async () => {
      const { datasetId } = await create();
      const first = [
        { inputs: { q: 'größe', n: 1 }, expectations: { x: 1.5 }, tags: { t: 'v', 'mlflow.user': 'bob' } },
        {
          inputs: { q: 'b' },
          outputs: 'text',
          source: { source_type: 'trace', source_data: { trace_id: 'tr-1' } },
        },
      ];
      expect(await store().upsertDatasetRecords(datasetId, JSON.stringify(first))).toEqual({
        inserted: 2,
        updated: 0,
      });
      const second = [{ inputs: { n: 1, q: 'größe' }, outputs: { a: 1 }, expectations: { y: 2 } }];
      expect(await store().upsertDatasetRecords(datasetId, JSON.stringify(second))).toEqual({
        inserted: 0,
        updated: 1,
      });
      const records = await recordsOf(datasetId);
      expect(records.find(({ sourceId }) => sourceId === 'tr-1')).toMatchObject({
        inputs: '{"q": "b"}',
        outputs: '"text"',
        sourceType: 'TRACE',
      });
      expect(records.find(({ sourceId }) => sourceId === undefined)).toMatchObject({
        inputs: '{"q": "gr\\u00f6\\u00dfe", "n": 1}',
        outputs: '{"a": 1}',
        expectations: '{"x": 1.5, "y": 2}',
        createdBy: 'bob',
      });
      const dataset = await store().getDataset(datasetId);
      expect(JSON.parse(dataset.profile ?? '')).toEqual({ num_records: 2 });
      expect(JSON.parse(dataset.schema ?? '')).toMatchObject({
        inputs: { q: 'string', n: 'integer' },
        expectations: { x: 'float', y: 'integer' },
      });
    });

    it('give records in pages and delete them', async () => {
      const { datasetId } = await create();
      const records = Array.from({ length: 5 }, (_, index) => ({ inputs: { index } }));
      await store().upsertDatasetRecords(datasetId, JSON.stringify(records));
      const first = await store().getDatasetRecords({ datasetId, maxResults: 3 });
      const pageToken = first.nextPageToken ?? '';
      const second = await store().getDatasetRecords({ datasetId, maxResults: 3, pageToken });
      expect([first.items.length, second.items.length, second.nextPageToken]).toEqual([3, 2, undefined]);
      const ids = first.items.map(({ datasetRecordId }) => datasetRecordId);
      expect(await store().deleteDatasetRecords(datasetId, [...ids, 'dr-nope'])).toBe(3);
      expect(await recordsOf(datasetId)).toEqual(second.items);
    });

    it('belong to experiments and are found by these, their names and tags', async () => {
      const [one, two] = [await freshExperiment(store()), await freshExperiment(store())];
      const { datasetId } = await create([one], 'wanted');
      await create([one], 'other');
      await store().addDatasetToExperiments(datasetId, [two]);
      await store().removeDatasetFromExperiments(datasetId, [one, '4711']);
      expect(await store().getDatasetExperimentIds(datasetId)).toEqual([two]);
      await store().setDatasetTags(datasetId, [{ key: 'color', value: 'red' }]);
      await store().deleteDatasetTag(datasetId, 'mlflow.user');
      expect(asRecord((await store().getDataset(datasetId)).tags)).toEqual({ color: 'red' });
      const found = async (experimentIds: readonly string[], filter?: string) =>
        (
          await store().searchEvaluationDatasets({
            experimentIds,
            maxResults: 10,
            orderBy: ['name DESC'],
            ...(filter !== undefined && { filter }),
          })
        ).items.map(({ name }) => name);
      expect(await found([one, two])).toEqual(['wanted', 'other']);
      expect(await found([two])).toEqual(['wanted']);
      expect(await found([one, two], "tags.color = 'red'")).toEqual(['wanted']);
      expect(await found([one, two], "name LIKE 'o%'")).toEqual(['other']);
      await expectError(found([one], "color = 'x'"), 'INVALID_PARAMETER_VALUE');
      await expectError(store().addDatasetToExperiments(datasetId, ['4711']), 'RESOURCE_DOES_NOT_EXIST');
    });

    it('are deleted', async () => {
      const { datasetId } = await create();
      await store().upsertDatasetRecords(datasetId, '[{"inputs": {}}]');
      await store().deleteDataset(datasetId);
      await store().deleteDataset(datasetId);
      await expectError(store().getDataset(datasetId), 'RESOURCE_DOES_NOT_EXIST');
      expect(await recordsOf(datasetId)).toEqual([]);
      const records = store().upsertDatasetRecords(datasetId, '[{"inputs": {}}]');
      await expectError(records, 'RESOURCE_DOES_NOT_EXIST');
    });

    it('refuse records that are none', async () => {
      const { datasetId } = await create();
      for (const records of ['{', '{}', '[1]', '[{"inputs": {}, "source": {"source_type": "dream"}}]']) {
        await expectError(store().upsertDatasetRecords(datasetId, records), 'INVALID_PARAMETER_VALUE');
      }
    });

    it('that runs have logged are summed up', async () => {
      const experimentId = await freshExperiment(store());
      const runId = await freshRunId(store(), { experimentId });
      const dataset = { name: 'points', digest: 'abc', sourceType: 'local', source: '{}' };
      const tags = [{ key: 'mlflow.data.context', value: 'training' }];
      await store().logInputs({ runId, datasets: [{ dataset, tags }], models: [] });
      expect(await store().searchDatasets([experimentId])).toEqual([
        { experimentId, name: 'points', digest: 'abc', context: 'training' },
      ]);
    });
  });
}
