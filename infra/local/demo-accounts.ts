const password = 'demo password';

/** An account for trying things out. The runner creates it at the first start, with a chat. */
export const demoAccount = { email: 'demo@example.com', password, name: 'Demo' };

/** The other two people of that chat. */
export const demoAnna = { email: 'demo-anna@example.com', password, name: 'Anna' };
export const demoBoris = { email: 'demo-boris@example.com', password, name: 'Boris' };
