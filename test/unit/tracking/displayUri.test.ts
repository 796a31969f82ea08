import { describe, expect, it } from 'vitest';
import { displayUri } from '../../../src/core/tracking/displayUri.js';

describe('displayUri', () => {
  it.each([
    ['http://user:word@team.example:5000/mlflow/?token=1', 'http://team.example:5000/mlflow'],
    ['http://127.0.0.1:41234/0123456789abcdef0123456789abcdef', 'http://127.0.0.1:41234'],
    ['http://localhost:5000/api', 'http://localhost:5000/api'],
    ['postgresql://me:word@db/mlflow', 'postgresql://db/mlflow'],
    ['sqlite:///mlflow.db', 'sqlite:///mlflow.db'],
    ['databricks', 'databricks'],
    ['./mlruns', './mlruns'],
  ])('shows %s as %s', (uri, shown) => {
    expect(displayUri(uri)).toBe(shown);
  });
});
