const page = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>厅号 Tinghao</title>
<style>
  body { margin: 0; height: 100vh; display: grid; place-content: center; gap: 16px; text-align: center;
         background: #f4f5f2; color: #10201e; font-family: 'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; }
  h1 { margin: 0; font-size: 44px; font-weight: 600; }
  p { margin: 0; font-size: 28px; color: #354744; }
</style>
<h1>正在启动，请稍候</h1>
<p lang="en">Starting, one moment please</p>
</html>`;

/** What stands in the window until the agent is there, in the tokens' colours. A page of its own: the agent serves all others. */
export const waitingPageUrl = `data:text/html;charset=utf-8,${encodeURIComponent(page)}`;
