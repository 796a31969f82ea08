import { describe, expect, it } from 'vitest';
import { noProxyForLoopback } from '../../../src/core/tracking/noProxy.js';

describe('noProxyForLoopback', () => {
  it('changes nothing without a proxy', () => {
    expect(noProxyForLoopback({ no_proxy: 'a' })).toBeUndefined();
  });

  it('adds this machine to what is there', () => {
    expect(noProxyForLoopback({ HTTP_PROXY: 'http://p' })).toBe('127.0.0.1');
    expect(noProxyForLoopback({ http_proxy: 'http://p', NO_PROXY: 'a, b' })).toBe('a,b,127.0.0.1');
    expect(noProxyForLoopback({ http_proxy: 'http://p', no_proxy: '', NO_PROXY: 'a' })).toBe('a,127.0.0.1');
  });

  it('changes nothing where this machine is left out already', () => {
    expect(noProxyForLoopback({ all_proxy: 'http://p', no_proxy: '*' })).toBeUndefined();
    expect(noProxyForLoopback({ all_proxy: 'http://p', no_proxy: 'x,127.0.0.1' })).toBeUndefined();
  });
});
