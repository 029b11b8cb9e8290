export const zhCN = {
  page: { title: '设备登记' },
} as const;
