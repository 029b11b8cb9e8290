export const zhCN = {
  page: { title: '窗口显示屏' },
  listComma: '、',
  asOf: '{time} 时',
  advice: {
    come: '请到本窗口办理',
    serving: '办理中',
    wait: '请等候叫号',
    return: '请稍候',
    elsewhere: '请到其他窗口',
  },
  pauseReason: {
    break: '短暂休息',
    meal: '用餐',
    meeting: '会议',
    'system-fault': '系统故障',
    'back-office': '内部处理',
    other: '临时暂停',
  },
  noCounter: {
    title: '还没有指定窗口',
    text: '请在地址后面写明窗口编号，例如 {example}',
  },
} as const;
