export const zhCN = {
  page: { title: '厅号 · 演示大厅' },
  place: '演示大厅',
  headline: '一张号票，走完全程',
  lead: '这座大厅正在这台电脑上运行。按四步走一遍：取一个号，在窗口呼叫它，看它出现在显示屏上，再看全厅的数字随之变化。',
  steps: { take: '取号', call: '叫号', show: '显示', oversee: '掌握全厅' },
  links: {
    kiosk: { name: '自助取号机', what: '来办事的人选业务、取号' },
    reception: { name: '接待台', what: '工作人员代为取号、打印、补打' },
    caller: { name: '窗口叫号', what: '窗口人员呼叫、办理、办结' },
    display: { name: '大厅显示屏', what: '正在呼叫的号码与窗口' },
    sign: { name: '窗口显示屏', what: '一个窗口的号码与业务' },
    board: { name: '运行看板', what: '等候、办理时长与开放窗口' },
    admin: { name: '大厅管理', what: '业务目录、人员与设备' },
    api: { name: '接口说明', what: '命令与消息，由约定表生成' },
  },
  accounts: {
    title: '演示账号',
    note: '只在演示时有效，正式启用的服务器拒绝带着它们启动。',
    login: '用户名',
    password: '密码',
  },
  roles: {
    clerk: '窗口人员',
    reception: '接待人员',
    manager: '大厅值班长',
    admin: '管理员',
  },
  elsewhere: {
    title: '这台服务器没有开启演示',
    text: '演示页只在以 npm start 启动的服务器上提供。',
  },
} as const;
