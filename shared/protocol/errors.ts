import type { Text } from '#domain/catalogue/schema.ts';
import type { DomainRefusalCode } from '#domain/refusal.ts';

/** Refusals that come before the rules are asked: form, identity, storage, connection. */
export type ProtocolRefusalCode =
  | 'malformed'
  | 'too-large'
  | 'unknown-command'
  | 'unknown-query'
  | 'unknown-feed'
  | 'not-authenticated'
  | 'not-authorised'
  | 'session-expired'
  | 'sign-in-failed'
  | 'code-invalid'
  | 'login-taken'
  | 'origin-refused'
  | 'rate-limited'
  | 'protocol-unsupported'
  | 'command-id-reused'
  | 'storage-unavailable'
  | 'program-fault'
  | 'server-stopping'
  | 'hall-unreachable'
  | 'ahead-of-hall'
  | 'printer-unavailable'
  | 'nothing-to-print'
  | 'catalogue-invalid'
  | 'not-found';

export type RefusalCode = DomainRefusalCode | ProtocolRefusalCode;

export interface RefusalEntry {
  /** HTTP status of the refusal. */
  readonly status: 400 | 500 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503;
  /** Whether the same may succeed a little later, as a command with an id of its own. */
  readonly retryable: boolean;
  /** What a person is told. */
  readonly text: Text;
  /** What the operator can do. */
  readonly hint: Text;
}

const entry = (
  status: RefusalEntry['status'],
  retryable: boolean,
  text: [zh: string, en: string],
  hint: [zh: string, en: string],
): RefusalEntry => ({
  status,
  retryable,
  text: { zh: text[0], en: text[1] },
  hint: { zh: hint[0], en: hint[1] },
});

/** The error catalogue: every code that a person or a program can meet, with its meaning in both languages. */
export const refusals: Readonly<Record<RefusalCode, RefusalEntry>> = {
  'day-not-open': entry(
    409,
    true,
    ['今天还没有开始办公', "The hall's day has not been opened yet"],
    ['由管理员开启当日业务', 'A manager opens the day'],
  ),
  'day-already-open': entry(
    409,
    false,
    ['这一天已经开启', 'That date is already open'],
    ['无需操作', 'Nothing to do'],
  ),
  'date-goes-back': entry(
    409,
    false,
    ['业务日期不能倒退', 'The business date cannot go back'],
    ['检查设备时钟', 'Check the clock of this device'],
  ),
  'clock-doubtful': entry(
    409,
    false,
    ['日期跨度太大，请核对时钟', 'The date would jump too far: check the clock'],
    [
      '核对服务器时钟；确认无误后由管理员手动日切',
      'Check the clock of the server; a manager can still turn the date by hand',
    ],
  ),
  'people-waiting': entry(
    409,
    false,
    ['新目录里没有的业务还有人在等', 'People are waiting for a service that the new catalogue does not have'],
    ['等这些业务办完再启用', 'Put it in force once they have been served'],
  ),
  'hall-closed': entry(
    409,
    false,
    ['现在不在取号时间内', 'The hall is not issuing tickets now'],
    ['请在开放时间再来，或咨询总服务台', 'Come back in opening hours, or ask at the desk'],
  ),
  'service-closed-now': entry(
    409,
    false,
    ['这项业务还没到取号时间', 'This service is not issuing tickets yet'],
    ['到开始时间再取号', 'Take a number once it opens'],
  ),
  'unknown-service': entry(
    422,
    false,
    ['没有这项业务', 'There is no such service'],
    ['业务目录可能已更新，请返回重选', 'The catalogue may have changed: go back and choose again'],
  ),
  'unknown-class': entry(
    422,
    false,
    ['没有这个优先类别', 'There is no such priority class'],
    ['请重新选择', 'Choose again'],
  ),
  'unknown-counter': entry(
    422,
    false,
    ['没有这个窗口', 'There is no such counter'],
    ['检查窗口编号', "Check the counter's number"],
  ),
  'unknown-ticket': entry(
    404,
    false,
    ['查不到这个号', 'There is no such ticket today'],
    ['核对号码，或到总服务台查询', 'Check the number, or ask at the desk'],
  ),
  'unknown-catalogue': entry(
    422,
    false,
    ['没有这个业务目录版本', 'There is no such catalogue version'],
    ['先导入业务目录', 'Import a catalogue first'],
  ),
  'quota-reached': entry(
    409,
    false,
    ['这项业务今天的号已取完', 'All tickets of this service have been taken'],
    ['可换时段，或到总服务台咨询', 'Try another time, or ask at the desk'],
  ),
  'class-not-self-service': entry(
    403,
    false,
    ['这个类别请到总服务台办理', 'This class is given at the service desk'],
    ['由工作人员核实后取号', 'Staff issue it after a check'],
  ),
  'counter-not-open': entry(
    409,
    false,
    ['窗口没有开启', 'The counter is not open'],
    ['先开启窗口', 'Open the counter first'],
  ),
  'counter-paused': entry(
    409,
    false,
    ['窗口已暂停', 'The counter is paused'],
    ['先恢复窗口', 'Resume the counter first'],
  ),
  'counter-occupied': entry(
    409,
    false,
    ['这个窗口已有人在岗', 'Somebody else is at this counter'],
    ['请对方先签退，或由管理员释放', 'They sign off first, or a manager frees it'],
  ),
  'counter-busy': entry(
    409,
    false,
    ['当前号还没有办完', 'There is still a ticket at this counter'],
    ['先办结、挂起、转办或过号', 'Finish, hold, transfer or mark it first'],
  ),
  'counter-moved': entry(
    409,
    false,
    ['窗口状态已变化，请看最新情况', 'The counter has moved on since'],
    ['画面已更新，请再确认', 'The screen is up to date now: look again'],
  ),
  'not-your-counter': entry(
    403,
    false,
    ['这不是您的窗口', 'This is not your counter'],
    ['在自己的窗口操作', 'Use your own counter'],
  ),
  'clerk-elsewhere': entry(
    409,
    false,
    ['您已在另一个窗口签到', 'You are signed in at another counter'],
    ['先在那个窗口签退', 'Sign off there first'],
  ),
  'clerk-required': entry(403, false, ['需要窗口人员签到', 'A clerk has to sign in'], ['请签到', 'Sign in']),
  'nobody-waiting': entry(
    409,
    true,
    ['现在没有人等候', 'Nobody is waiting'],
    ['有人取号后会自动显示', 'Newcomers show up by themselves'],
  ),
  'ticket-not-here': entry(
    409,
    false,
    ['这个号不在您的窗口', 'This ticket is not at your counter'],
    ['看最新情况', 'Look at the present state'],
  ),
  'ticket-wrong-status': entry(
    409,
    false,
    ['这个号现在不能这样操作', 'That cannot be done with this ticket now'],
    ['看号票当前状态', "Look at the ticket's status"],
  ),
  'reason-required': entry(
    422,
    false,
    ['提前呼叫需要选择原因', 'Calling out of order needs a reason'],
    ['选择原因后再呼叫', 'Choose a reason, then call'],
  ),
  'recall-limit': entry(
    409,
    false,
    ['已达到重呼次数', 'The recalls are used up'],
    ['未到请标记过号', 'Mark a no-show if nobody comes'],
  ),
  'too-early-for-no-show': entry(
    409,
    true,
    ['再等一会儿才能标记过号', 'It is too early to mark a no-show'],
    ['等倒计时结束', 'Wait for the countdown'],
  ),
  'reopen-too-late': entry(
    409,
    false,
    ['已超过撤销办结的时间', 'It is too late to reopen this ticket'],
    ['请重新取号', 'A new number is needed'],
  ),
  'counter-cannot-serve': entry(
    409,
    false,
    ['这个窗口不办这项业务', 'This counter does not do that service'],
    ['转到能办的窗口', 'Transfer to a counter that does'],
  ),
  malformed: entry(
    400,
    false,
    ['请求格式不对', 'The request is malformed'],
    ['程序版本可能不一致，请重启终端', 'Versions may differ: restart the terminal'],
  ),
  'too-large': entry(
    413,
    false,
    ['请求太大', 'The request is too large'],
    ['上限 64 KB', 'The limit is 64 KB'],
  ),
  'unknown-command': entry(
    404,
    false,
    ['没有这个操作', 'There is no such command'],
    ['程序版本可能不一致', 'Versions may differ'],
  ),
  'unknown-query': entry(
    404,
    false,
    ['没有这个查询', 'There is no such query'],
    ['程序版本可能不一致', 'Versions may differ'],
  ),
  'unknown-feed': entry(
    404,
    false,
    ['没有这个数据源', 'There is no such feed'],
    ['程序版本可能不一致', 'Versions may differ'],
  ),
  'not-authenticated': entry(
    401,
    false,
    ['这台设备还没有登记', 'This device is not enrolled'],
    ['请管理员发登记码', 'An administrator makes an enrolment code'],
  ),
  'not-authorised': entry(
    403,
    false,
    ['没有权限做这个操作', 'You are not allowed to do this'],
    ['用有权限的账号签到', 'Sign in with an account that may'],
  ),
  'session-expired': entry(
    401,
    false,
    ['签到已过期，请重新签到', 'Your session has ended, sign in again'],
    ['重新签到', 'Sign in again'],
  ),
  'sign-in-failed': entry(
    401,
    false,
    ['账号或密码不对', 'The name or the password is wrong'],
    ['核对后再试，或请管理员重置', 'Try again, or ask an administrator for a reset'],
  ),
  'code-invalid': entry(
    401,
    false,
    ['登记码不对或已用过', 'The code is wrong or has been used'],
    ['请管理员重新发码', 'Ask an administrator for a new one'],
  ),
  'login-taken': entry(
    409,
    false,
    ['这个账号已存在', 'This login is taken'],
    ['换一个账号', 'Choose another'],
  ),
  'origin-refused': entry(
    403,
    false,
    ['来源不被允许', 'This origin is not allowed'],
    ['把地址加入允许列表', 'Add the address to the allowed hosts'],
  ),
  'rate-limited': entry(
    429,
    true,
    ['操作太频繁，请稍候', 'Too many requests, wait a moment'],
    ['稍后再试', 'Try again shortly'],
  ),
  'protocol-unsupported': entry(
    400,
    false,
    ['程序版本太旧', 'This version is no longer served'],
    ['更新终端程序', 'Update the terminal'],
  ),
  'command-id-reused': entry(
    409,
    false,
    ['同一操作号用于了不同内容', 'The same command id came with another content'],
    ['程序错误，请报告', 'A fault of the program: report it'],
  ),
  'program-fault': entry(
    500,
    false,
    ['程序出错，已记录', 'The program made a mistake; it was recorded'],
    ['请把时间告诉系统管理员', 'Tell the administrator the time'],
  ),
  'storage-unavailable': entry(
    503,
    true,
    ['系统暂时无法保存，请稍后再试', 'The hall cannot save right now, try again shortly'],
    ['检查服务器磁盘空间', "Check the server's disk"],
  ),
  'server-stopping': entry(
    503,
    true,
    ['服务器正在重启', 'The hall-server is restarting'],
    ['稍后自动恢复', 'It comes back by itself'],
  ),
  'hall-unreachable': entry(
    503,
    true,
    ['暂时连不上大厅服务器', 'The hall-server cannot be reached'],
    ['检查网络，恢复后自动继续', 'Check the network; it goes on by itself'],
  ),
  'ahead-of-hall': entry(
    409,
    false,
    ['本机数据比服务器新，请管理员处理', 'This screen is ahead of the hall-server'],
    [
      '服务器可能从备份恢复，请管理员确认',
      'The server may have been restored from a backup: a person decides',
    ],
  ),
  'printer-unavailable': entry(
    503,
    true,
    ['打印机暂时不能用', 'The printer is not available'],
    ['检查纸和连线，可补打', 'Check paper and cable, then reprint'],
  ),
  'nothing-to-print': entry(
    404,
    false,
    ['没有可补打的号票', 'There is no slip to reprint'],
    ['重新取号或到总服务台', 'Take a number, or ask at the desk'],
  ),
  'catalogue-invalid': entry(
    422,
    false,
    ['业务目录有错误，没有改动', 'The catalogue has errors, nothing was changed'],
    ['按列表改正后再导入', 'Correct the listed lines and import again'],
  ),
  'not-found': entry(404, false, ['找不到', 'Not found'], ['检查地址', 'Check the address']),
};
