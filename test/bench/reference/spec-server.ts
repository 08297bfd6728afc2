import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { jwtVerify } from 'jose';
import { Server, type Socket } from 'socket.io';

/**
 * The sample server of the specification (spec/backend-api.ru.md, "Пример реализации Backend"), as its authors wrote it:
 * nothing is stored, and a client that is offline misses messages. `--recovery` turns on Socket.IO's own recovery.
 */

const JWT_SECRET = new TextEncoder().encode('your-secret-key');
const recovery = { connectionStateRecovery: { maxDisconnectionDuration: 2 * 60 * 1000, skipMiddlewares: true } };

const app = express();
const server = createServer(app);
const io = new Server(server, {
  cors: { origin: '*', methods: ['GET', 'POST'] },
  ...(process.argv.includes('--recovery') && recovery),
});

async function authenticateSocket(socket: Socket, next: (error?: Error) => void): Promise<void> {
  try {
    const { payload } = await jwtVerify(String(socket.handshake.query.token), JWT_SECRET, { algorithms: ['HS256'] });
    // Unlike the sample's `socket.userId`, `data` is part of what Socket.IO recovers.
    socket.data.userId = payload.userId;
    next();
  } catch {
    next(new Error('Authentication error'));
  }
}

io.use(authenticateSocket);

io.on('connection', (socket) => {
  const { chatId } = socket.handshake.query;
  void socket.join(`chat:${chatId}`);

  socket.on('message', (data) => {
    io.to(`chat:${chatId}`).emit('message', {
      id: randomUUID(),
      chatId,
      userId: socket.data.userId,
      content: data.content,
      type: 'text',
      createdAt: new Date().toISOString(),
    });
  });

  socket.on('disconnect', () => {
    void socket.leave(`chat:${chatId}`);
  });
});

server.listen(0, '127.0.0.1', () => {
  console.log(`listening ${(server.address() as AddressInfo).port}`);
});
