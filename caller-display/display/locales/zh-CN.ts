export const zhCN = {
  page: { title: '大厅显示屏' },
  row: {
    calls: '正在呼叫的号码',
    goTo: '请到窗口',
    serving: '办理中',
    over: '已结束',
    asOf: '{time} 时',
  },
  footer: {
    nextIn: '个号码即将显示，下一个 {seconds} 秒后',
    silent: '本大厅无声叫号，请留意屏幕',
    hotline: '监督电话',
  },
  idle: {
    seat: '请在等候区就座，叫到的号码会显示在这里',
    closed: '现在不叫号，请留意大厅开放时间',
    openCounters: '{count} 个窗口正在受理',
  },
} as const;
