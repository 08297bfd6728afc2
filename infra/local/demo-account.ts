/** An account for trying things out. The runner creates it at the first start. */
export const demoAccount = { email: 'demo@example.com', password: 'demo password', name: 'Demo' };
