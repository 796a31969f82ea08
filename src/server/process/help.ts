import { LOG_LEVELS } from './logLevels.js';

/** What `--help` shows. */
export const HELP = `Usage: mlflow-workbench-server --store PATH [options]

An MLflow tracking server over an SQLite database, on this machine only.

The store
  --store PATH                  the database, such as ./mlflow.db or sqlite:///mlflow.db; made by the first write
  --read-only                   open the database for reading; every write is refused
  --backup, --no-backup         whether the first write to a database that was made elsewhere makes a backup beside it
                                (PATH.backup-<date>-<time>); it does when absent
  --mlflow-release VERSION      the MLflow release whose schema a new database gets
  --revision REVISION           the same by its Alembic revision
  --shared                      other machines open the store's folder too: only one of their servers writes to it;
                                told by itself on the network file systems that are known
  --host-name NAME              what this machine is called where others are told of it

Artifacts
  --artifacts PATH|URI          where new experiments keep theirs; mlruns beside the database when absent
  --serve-artifacts             keep those of new experiments behind this server (mlflow-artifacts:)
  --artifacts-destination DIR   where the server keeps those, mlartifacts beside the database when absent
  --allow-artifact-root DIR     another folder that artifacts may be in; can be repeated

The address
  --port N                      the port to listen at; the store's former one, or any free one, when absent
  --host NAME                   127.0.0.1 or localhost; nothing else is offered
  --secret-file PATH            the file with the secret part of the address; made when missing
  --no-secret                   an address without a secret: every user of this machine can read and write the store

The program
  --json                        say where the server listens as JSON, which it does anyway where nobody reads along
  --state-dir DIR               where the server keeps its lock and its address, instead of the user's own folder
                                for such things, where whoever else needs the store's server finds it
  --lease                       end when nobody has needed the server for two minutes
  --idle-seconds N              another time than two minutes
  --wait-seconds N              how long to wait for another server of the store that is just ending
  --log-level LEVEL             ${LOG_LEVELS.join(', ')}; info when absent
  --help, --version

What \`mlflow server\` calls --backend-store-uri and --default-artifact-root is understood for --store and --artifacts.

Whoever knows the address with its secret can read and write the store. A first SIGINT or SIGTERM lets requests
finish; a second one ends the server at once. Exit codes: 0 it ended as asked, 1 it failed, 2 wrong arguments, 3 another
server holds the store, 4 the port is taken.
`;
