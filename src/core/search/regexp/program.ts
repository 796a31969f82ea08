import { invalidParameter } from '../../base/errors.js';
import { SEARCH_LIMITS } from '../limits.js';
import type { CharacterTest } from './characters.js';
import type { Assertion, RegexpNode } from './syntax.js';

/** A step of the matcher; the numbers are places in the program. */
export type Instruction =
  | { readonly op: 'character'; readonly test: CharacterTest }
  | { readonly op: 'assert'; readonly assertion: Assertion }
  | { readonly op: 'split'; readonly to: number[] }
  | { readonly op: 'match' };

/**
 * Turns an expression into a program, Thompson's way. After a `character` or an `assert` the next instruction
 * follows; a `split` goes on at each of its places.
 * @throws MlflowError INVALID_PARAMETER_VALUE where repetitions make it too large
 */
export function assemble(node: RegexpNode): readonly Instruction[] {
  const program: Instruction[] = [];
  emit(node, program);
  push(program, { op: 'match' });
  return program;
}

function push(program: Instruction[], instruction: Instruction): void {
  if (program.length >= SEARCH_LIMITS.regexpProgram) {
    throw invalidParameter('Invalid RLIKE pattern: its repetitions make it too large.');
  }
  program.push(instruction);
}

/** Appends a split whose places are filled in later. */
function pushSplit(program: Instruction[]): number[] {
  const to: number[] = [];
  push(program, { op: 'split', to });
  return to;
}

function emit(node: RegexpNode, program: Instruction[]): void {
  switch (node.kind) {
    case 'character':
      push(program, { op: 'character', test: node.test });
      break;
    case 'assertion':
      push(program, { op: 'assert', assertion: node.assertion });
      break;
    case 'sequence':
      node.parts.forEach((part) => emit(part, program));
      break;
    case 'choice':
      emitChoice(node.parts, program);
      break;
    case 'repeat':
      emitRepeat(node.part, node.least, node.most, program);
      break;
  }
}

function emitChoice(parts: readonly RegexpNode[], program: Instruction[]): void {
  const [only] = parts;
  if (only && parts.length === 1) {
    emit(only, program);
    return;
  }
  const starts = pushSplit(program);
  const ends = parts.map((part) => {
    starts.push(program.length);
    emit(part, program);
    return pushSplit(program);
  });
  ends.forEach((end) => end.push(program.length));
}

function emitRepeat(part: RegexpNode, least: number, most: number, program: Instruction[]): void {
  for (let count = 0; count < least; count += 1) {
    const size = program.length;
    emit(part, program);
    if (program.length === size) {
      // Nothing, however often: `(){9999}` must not be counted out.
      return;
    }
  }
  if (most === Infinity) {
    const loop = program.length;
    const exit = pushSplit(program);
    exit.push(program.length);
    emit(part, program);
    pushSplit(program).push(loop);
    exit.push(program.length);
    return;
  }
  const exits: number[][] = [];
  for (let count = least; count < most; count += 1) {
    const exit = pushSplit(program);
    exit.push(program.length);
    exits.push(exit);
    emit(part, program);
  }
  exits.forEach((exit) => exit.push(program.length));
}
