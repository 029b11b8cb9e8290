export const zhCN = {
  page: { title: '大厅管理' },
} as const;
