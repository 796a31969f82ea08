import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ARTIFACT_SCHEME } from '../../src/manifest/schemes.js';
import { Commands } from '../../src/manifest/commands.js';
import { ContextKeys, TreeContexts } from '../../src/manifest/contextKeys.js';
import { SettingDefaults } from '../../src/manifest/settings.js';
import { Panels, Views } from '../../src/manifest/views.js';

interface Menu {
  readonly command: string;
  readonly when?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly viewsContainers: Readonly<
      Record<string, readonly { readonly id: string; readonly icon: string }[]>
    >;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly Menu[]>>;
    readonly keybindings?: readonly Menu[];
    readonly walkthroughs?: readonly unknown[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default: unknown; readonly type: string }>>;
    };
  };
}

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const strings = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
const { contributes } = manifest;
const menus = [...Object.values(contributes.menus).flat(), ...(contributes.keybindings ?? [])];
const whens = [...menus, ...contributes.viewsWelcome].flatMap(({ when }) => when ?? []);
const sorted = (items: Iterable<string>): string[] => [...items].sort();

describe('package.json and src/manifest', () => {
  it('have the same commands', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(
      sorted(Object.values(Commands)),
    );
  });

  it('have the same views, in the same container', () => {
    expect(
      Object.values(contributes.viewsContainers)
        .flat()
        .map(({ id }) => id),
    ).toEqual([Views.container]);
    expect(Object.keys(contributes.views)).toEqual([Views.container]);
    expect(contributes.views[Views.container]?.map(({ id }) => id)).toEqual([Views.explorer]);
  });

  it('have the same settings with the same defaults', () => {
    const { properties } = contributes.configuration;
    const defaults = Object.entries(properties).map(([key, { default: value }]) => [key, value]);
    expect(Object.fromEntries(defaults)).toEqual(SettingDefaults);
    for (const [key, { type, default: value }] of Object.entries(properties)) {
      expect(type === 'integer' ? 'number' : type, key).toBe(typeof value);
    }
  });

  it('know the same context keys, and every one is read', () => {
    const ours = whens.flatMap((when) => when.match(/mlflowWorkbench\.[\w.]+/g) ?? []);
    const views: readonly string[] = Object.values(Views);
    const keys = new Set(ours.filter((key) => !views.includes(key)));
    expect(sorted(keys)).toEqual(sorted(Object.values(ContextKeys)));
  });

  it('know the same kinds of nodes', () => {
    const values: readonly string[] = Object.values(TreeContexts);
    for (const when of whens) {
      for (const [, value] of when.matchAll(/viewItem == ([\w.]+)/g)) {
        expect(values, when).toContain(value);
      }
      for (const [, source] of when.matchAll(/viewItem =~ \/(.+?)\/(?= |$)/g)) {
        const pattern = new RegExp(source ?? '');
        expect(values.filter((value) => pattern.test(value)).length, when).toBeGreaterThan(0);
      }
    }
  });

  it('activate for what VS Code restores before it has started', () => {
    expect(sorted(manifest.activationEvents)).toEqual(
      sorted([
        'onStartupFinished',
        'onUri',
        `onFileSystem:${ARTIFACT_SCHEME}`,
        ...Object.values(Panels).map((panel) => `onWebviewPanel:${panel}`),
        // A session of Python that is started before then waits for us.
        'onDebugResolve:debugpy',
        'onDebugResolve:python',
      ]),
    );
  });

  it('have no walkthrough, and so no id for one', () => {
    expect(contributes.walkthroughs).toBeUndefined();
  });
});

describe('package.json in itself', () => {
  it('has only contributed commands in menus and welcome texts', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    const inWelcome = Object.values(strings).flatMap(
      (each) => each.match(/command:mlflowWorkbench[\w.]+/g) ?? [],
    );
    const named = [...menus.map(({ command }) => command), ...inWelcome.map((each) => each.slice(8))];
    expect(inWelcome.length).toBeGreaterThan(0);
    expect(named.filter((command) => !known.has(command))).toEqual([]);
  });

  it('names each command for the palette', () => {
    expect(contributes.commands.filter(({ category }) => category !== 'MLflow')).toEqual([]);
  });

  it('takes every text from package.nls.json, which has no other', () => {
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
    expect(sorted(new Set(used))).toEqual(sorted(Object.keys(strings)));
    const titles = [
      ...contributes.commands.map(({ title }) => title),
      ...contributes.viewsWelcome.map(({ contents }) => contents),
    ];
    expect(titles.filter((title) => !/^%[^%]+%$/.test(title))).toEqual([]);
  });

  it('names icons that exist', () => {
    const icons = [...Object.values(contributes.viewsContainers), ...Object.values(contributes.views)].flat();
    expect(icons.length).toBeGreaterThan(0);
    expect(icons.filter(({ icon }) => !existsSync(join(root, icon)))).toEqual([]);
  });

  it('restricts settings that exist, among them the one that names a program', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(restrictedConfigurations).toContain('mlflowWorkbench.pythonPath');
    expect(restrictedConfigurations.filter((key) => !(key in SettingDefaults))).toEqual([]);
  });

  it('has welcome texts for its own views', () => {
    const views: readonly string[] = Object.values(Views);
    expect(contributes.viewsWelcome.filter(({ view }) => !views.includes(view))).toEqual([]);
  });
});
