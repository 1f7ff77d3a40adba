import { describe, expect, it } from 'vitest';
import { isError, readApiError } from '../../src/cloud/error-body.js';

describe('a body under a good status', () => {
  it.each([
    [{ error_code: 'HSS.0001' }],
    [{ error_code: 'HSS.0001', error_msg: 'invalid parameter', request_id: 'r' }],
    [{ error_code: 1001, error_msg: 'x' }],
    [{ error_code: 'HSS.1105', total_num: 0, data_list: [] }],
    [{ error_msg: 'something' }],
    [{ errorCode: 'X', errorMsg: 'y' }],
    [{ code: 'APIGW.0301' }],
    [{ code: 'APIGW.0301', message: 'Incorrect IAM authentication information' }],
    [{ message: 'not allowed', code: '' }],
    [{ error: { code: 401, message: 'The request you have made requires authentication.', title: 'Unauthorized' } }],
    [{ error: { error_code: 'HSS.0001' } }],
    [{ error: { error_msg: 'no' } }],
    [{ error: { message: 'no' } }],
    [{ error: 'invalid_request' }],
    [{ errors: [{ error_code: 'HSS.0001' }] }],
    [{ errors: [{ message: 'no' }] }],
  ])('tells of an error: %j', (body) => {
    expect(isError(body)).toBe(true);
  });

  it.each([
    [undefined],
    [null],
    ['error_code'],
    [[]],
    [{}],
    [{ total_num: 0, data_list: [] }],
    [{ total_num: 1, data_list: [{ error_code: 'in a row', message: 'x', error: 'y' }] }],
    [{ error_code: 0, total_num: 0, data_list: [] }],
    [{ error_code: '0', error_msg: 'success', data_list: [] }],
    [{ error_code: '00000000', error_msg: '', data_list: [] }],
    [{ error_code: '', error_msg: '', data_list: [] }],
    [{ error_code: null, error_msg: null, data_list: [] }],
    [{ code: 200, message: 'success', data_list: [] }],
    [{ code: 0, message: 'ok', total_num: 0 }],
    [{ message: 'success', total_num: 3, data_list: [{}] }],
    [{ error: null, data_list: [] }],
    [{ error: {}, errors: [], data_list: [] }],
    [{ token: { expires_at: '2100-01-01T00:00:00Z' } }],
    [{ projects: [], links: { self: 'x' } }],
  ])('tells of none: %j', (body) => {
    expect(isError(body)).toBe(false);
  });

  it.each([
    [{ error_code: 'HSS.0001', error_msg: 'no' }],
    [{ error: { code: 'HSS.0001', message: 'no' } }],
    [{ errors: [{ error_code: 'HSS.0001', error_msg: 'no' }] }],
  ])('is read the same in every shape: %j', (body) => {
    const answer = { status: 200, headers: {}, body: JSON.stringify(body) };
    expect(readApiError(answer)).toEqual({ code: 'HSS.0001', said: 'no' });
  });
});
