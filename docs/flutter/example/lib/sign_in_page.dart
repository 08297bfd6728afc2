import 'dart:async';

import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

class SignInPage extends StatefulWidget {
  const SignInPage({super.key});

  @override
  State<SignInPage> createState() => _SignInPageState();
}

class _SignInPageState extends State<SignInPage> {
  /// The account that `npm start` creates.
  final email = TextEditingController(text: 'demo@example.com');
  final password = TextEditingController(text: 'demo password');

  Map<String, FieldError> fields = const {};

  /// A second login would leave the inbox of the first one connected.
  bool isBusy = false;

  /// What is wrong with a field, to show below it.
  String? errorOf(String path) {
    final error = fields[path];
    return error == null ? null : texts.field(error);
  }

  Future<void> signIn(Future<void> Function() action) async {
    setState(() {
      fields = const {};
      isBusy = true;
    });
    final done = await attempt(() async {
      await action();
      await openInbox();
    }, onFields: (found) => setState(() => fields = found));
    if (done) {
      unawaited(navigator.currentState?.pushReplacementNamed('/chats'));
    } else if (mounted) {
      setState(() => isBusy = false);
    }
  }

  @override
  void dispose() {
    email.dispose();
    password.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) => Scaffold(
    appBar: AppBar(title: Text(words('Sign in', 'Вход'))),
    body: ListView(
      padding: const EdgeInsets.all(16),
      children: [
        TextField(
          controller: email,
          decoration: InputDecoration(labelText: words('Email', 'Почта'), errorText: errorOf('email')),
        ),
        TextField(
          controller: password,
          obscureText: true,
          decoration: InputDecoration(labelText: words('Password', 'Пароль'), errorText: errorOf('password')),
        ),
        const SizedBox(height: 16),
        FilledButton(
          onPressed: isBusy ? null : () => signIn(() => api.login(email: email.text, password: password.text)),
          child: Text(words('Log in', 'Войти')),
        ),
        TextButton(
          onPressed: isBusy ? null : () => signIn(() => api.register(email: email.text, password: password.text)),
          child: Text(words('Create an account', 'Создать учётную запись')),
        ),
      ],
    ),
  );
}
