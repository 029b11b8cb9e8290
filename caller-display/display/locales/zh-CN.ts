export const zhCN = {
  page: { title: '大厅显示屏' },
} as const;
