import com.example.kotlin.apis.AuthApi
import com.example.kotlin.apis.ChatsApi
import com.example.kotlin.apis.GroupsApi
import com.example.kotlin.infrastructure.ApiClient
import com.example.kotlin.infrastructure.ClientError
import com.example.kotlin.infrastructure.ClientException
import com.example.kotlin.infrastructure.Serializer
import com.example.kotlin.models.CreateGroupRequest
import com.example.kotlin.models.ListMessagesResponse
import com.example.kotlin.models.Problem
import com.example.kotlin.models.RegisterRequest
import com.example.kotlin.models.SendMessageRequest
import java.util.UUID
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

class KotlinClientTest {
    private val server = System.getProperty("server")

    /** The client has one token at a time. */
    private fun register(name: String) {
        val request = RegisterRequest(email = "${UUID.randomUUID()}@example.com", password = "correct horse", name = name)
        ApiClient.accessToken = AuthApi(server).register(request).accessToken
    }

    @Test
    fun `talks to the server`() {
        register("Anna")
        val chats = ChatsApi(server)
        val chatId = GroupsApi(server).createGroup(CreateGroupRequest(name = "Weekend", participantIds = listOf())).group.id
        chats.sendMessage(chatId, SendMessageRequest(content = "Hills or lake?"))
        assertEquals("Hills or lake?", chats.listMessages(chatId, limit = 1).messages.single().content)

        register("Eve")
        val refusal = assertThrows<ClientException> { chats.listMessages(chatId) }
        assertEquals(403, refusal.statusCode)
        val problem = Serializer.moshi.adapter(Problem::class.java).fromJson((refusal.response as ClientError<*>).body as String)
        assertEquals("not_a_participant", problem?.code)
    }

    @Test
    fun `reads values and fields that it does not know`() {
        val newer = """
            {"messages": [{"id": "c-1", "chatId": "c", "userId": "u", "userName": "Anna", "content": "Hills or lake?",
            "type": "poll", "createdAt": "2026-01-05T12:00:00.000Z", "seq": 1, "choices": ["Hills", "Lake"],
            "metadata": {"event": "poll_opened"}}], "rev": 0, "epoch": "8f0e3a61"}"""
        val message = Serializer.moshi.adapter(ListMessagesResponse::class.java).fromJson(newer)!!.messages.single()
        assertEquals("poll", message.type)
        assertEquals("poll_opened", message.metadata?.event)
    }
}
