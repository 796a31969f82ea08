import { randomInt } from 'node:crypto';

const ADJECTIVES = (
  'able airy amber apt ample azure bold brave breezy bright brisk calm candid careful casual cheery civil clean ' +
  'clear clever cosy crisp curious daring deep deft dewy eager early earnest easy fair fast fine firm fleet fond ' +
  'frank fresh gentle glad golden grand green happy hardy honest humble jolly keen kind late lean light lively ' +
  'loyal lucky lunar mellow merry mild misty modest neat nimble noble novel open patient plain pale prime proud ' +
  'quick quiet rapid ready robust rosy round royal shiny silver simple sleek smart smooth snug solar solid steady ' +
  'still stout sunny supple sure swift tidy true vast vivid warm wide young'
).split(' ');

const NOUNS = (
  'acorn alder ash aspen badger bay beech birch bison brook canyon cedar cliff clover cloud comet coral cove crane ' +
  'creek crow dale dawn deer delta dune eagle elm ember falcon fern field finch fjord flint forest fox frost gale ' +
  'glade glen grove gull harbor hare hawk hazel heath heron hill island ivy jay kite lake larch lark leaf linden ' +
  'lynx maple marsh meadow mesa moor moss moth oak orchid osprey otter owl peak pebble pine planet plover pond ' +
  'poplar prairie quail rain raven reed reef ridge river robin rook rowan sage seal shore shrew sky snow spruce ' +
  'star stoat stone stork swan thrush tide trout valley vale wave willow wind wren yew zephyr'
).split(' ');

/** A name for a run or model that was given none, in the shape of MLflow's: `nimble-otter-417`. */
export function randomName(): string {
  return `${pick(ADJECTIVES)}-${pick(NOUNS)}-${randomInt(1001)}`;
}

function pick(words: readonly string[]): string {
  return words[randomInt(words.length)] ?? '';
}
