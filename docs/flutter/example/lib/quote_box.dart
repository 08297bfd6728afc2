import 'package:flutter/material.dart';
import 'package:group_chat_client/group_chat_client.dart';

import 'backend.dart';

/// The message that another one replies to.
class QuoteBox extends StatelessWidget {
  const QuoteBox({super.key, required this.quote, required this.onTap});

  final Quote quote;
  final VoidCallback onTap;

  @override
  Widget build(BuildContext context) => GestureDetector(
    onTap: onTap,
    child: Container(
      decoration: const BoxDecoration(border: Border(left: BorderSide(width: 3))),
      padding: const EdgeInsets.only(left: 8),
      child: Text(
        '${texts.quoteAuthor(quote)}: ${texts.quoteContent(quote)}',
        maxLines: 2,
        overflow: TextOverflow.ellipsis,
      ),
    ),
  );
}
