import { l10n, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Run } from '../../../core/domain/run.js';
import { metricDescription } from '../../../core/explorer/describeRun.js';
import type { ExplorerNode } from './explorerNode.js';
import { ValueNode, type NamedValue } from './valueNode.js';

/** What the groups need of the run's node. */
interface RunHolder extends ExplorerNode {
  readonly run: Run;
}

interface ValuesGroup {
  readonly name: string;
  readonly label: string;
  readonly icon: string;
  readonly values: (run: Run) => readonly NamedValue[];
}

/** Parameters, metrics or tags of a run, with their number. */
export class ValuesNode implements ExplorerNode {
  readonly id: string;

  constructor(
    readonly parent: RunHolder,
    private readonly group: ValuesGroup,
  ) {
    this.id = `${parent.id}/${group.name}`;
  }

  get count(): number {
    return this.group.values(this.parent.run).length;
  }

  treeItem(): TreeItem {
    const item = new TreeItem(this.group.label, TreeItemCollapsibleState.Collapsed);
    item.id = this.id;
    item.description = String(this.count);
    item.iconPath = new ThemeIcon(this.group.icon);
    item.accessibilityInformation = { label: `${this.group.label}, ${this.count}` };
    return item;
  }

  children(): Promise<readonly ExplorerNode[]> {
    const values = [...this.group.values(this.parent.run)].sort((a, b) => (a.key < b.key ? -1 : 1));
    return Promise.resolve(values.map((value) => new ValueNode(this, value)));
  }
}

export function paramsGroup(parent: RunHolder): ValuesNode {
  return new ValuesNode(parent, {
    name: 'params',
    label: l10n.t('Parameters'),
    icon: 'symbol-parameter',
    values: (run) => run.params.map(({ key, value }) => ({ key, value, shown: value })),
  });
}

export function metricsGroup(parent: RunHolder): ValuesNode {
  return new ValuesNode(parent, {
    name: 'metrics',
    label: l10n.t('Metrics'),
    icon: 'graph-line',
    values: (run) =>
      run.metrics.map((metric) => ({
        key: metric.key,
        value: String(metric.value),
        shown: metricDescription(metric),
      })),
  });
}

export function tagsGroup(parent: RunHolder): ValuesNode {
  return new ValuesNode(parent, {
    name: 'tags',
    label: l10n.t('Tags'),
    icon: 'tag',
    values: (run) => run.tags.map(({ key, value }) => ({ key, value, shown: value })),
  });
}
