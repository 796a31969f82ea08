import type { StoreContext } from './storeContext.js';

/*
 * MLflow 3 removes the assessments that a run produced when the run is deleted. They name the run inside a
 * JSON text, as Python's json.dumps spaces it.
 */
const NAMES_RUN = `instr(assessment_metadata, '"mlflow.assessment.sourceRunId": "' || run_uuid || '"') > 0`;

export function deleteAssessmentsOfRun(context: StoreContext, runId: string): void {
  deleteWhere(context, 'run_uuid = ?', runId);
}

export function deleteAssessmentsOfExperiment(context: StoreContext, experimentId: number): void {
  deleteWhere(context, 'experiment_id = ?', experimentId);
}

function deleteWhere({ database, tables }: StoreContext, which: string, value: string | number): void {
  if (tables.has('assessments', 'assessment_metadata')) {
    database.run(
      `DELETE FROM assessments WHERE rowid IN (
         SELECT a.rowid FROM assessments a, (SELECT run_uuid FROM runs WHERE ${which}) WHERE ${NAMES_RUN})`,
      value,
    );
  }
}
