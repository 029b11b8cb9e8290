export const zhCN = {
  page: { title: '设备登记' },
  form: {
    text: '请输入管理员给的登记码。登记一次，以后这个浏览器就能直接使用。',
    label: '登记码',
    placeholder: 'XXXX-XXXX',
    incomplete: '登记码是 8 位字母和数字，请补全。',
    send: '登记这台设备',
  },
  done: { title: '{name} 已登记' },
  kinds: {
    kiosk: '这台设备登记为自助取号机。',
    caller: '这台设备登记为窗口叫号，窗口人员登录后使用。',
    reception: '这台设备登记为接待台，工作人员登录后使用。',
    display: '这台设备登记为显示屏。请选择要显示的内容，并把打开的页面设为开机首页。',
  },
  pages: {
    kiosk: { name: '自助取号机', what: '选业务、取号' },
    caller: { name: '窗口叫号', what: '呼叫、办理、办结' },
    reception: { name: '接待台', what: '代取、补打、查号' },
    admin: { name: '大厅管理', what: '设备、人员、业务目录' },
    display: { name: '大厅显示屏', what: '正在呼叫的号码与窗口' },
    sign: { name: '窗口显示屏', what: '一个窗口的号码与业务' },
    board: { name: '运行看板', what: '等候、办理时长与开放窗口' },
  },
} as const;
