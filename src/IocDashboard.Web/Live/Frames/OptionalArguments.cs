using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace IocDashboard.Web.Live.Frames;

/// <summary>
/// A protocol that takes a call of <see cref="LiveHub"/> whose last arguments were left out and have a default, as the public
/// contract allows (<c>culture?</c>). SignalR itself binds no optional parameters.
/// </summary>
internal sealed class OptionalArguments(IHubProtocol protocol) : IHubProtocol
{
    /// <summary>By method, the defaults of the last parameters that have one.</summary>
    private static readonly FrozenDictionary<string, object?[]> Defaults = typeof(LiveHub)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .ToFrozenDictionary(
            m => m.Name, m => m.GetParameters().SkipWhile(p => !p.HasDefaultValue).Select(p => p.DefaultValue).ToArray(), StringComparer.OrdinalIgnoreCase);

    public string Name => protocol.Name;

    public int Version => protocol.Version;

    public TransferFormat TransferFormat => protocol.TransferFormat;

    public bool IsVersionSupported(int version) => protocol.IsVersionSupported(version);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => protocol.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => protocol.WriteMessage(message, output);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var bytes = input;
        if (!protocol.TryParseMessage(ref input, binder, out message)) return false;
        if (message is InvocationBindingFailureMessage failed && Defaults.TryGetValue(failed.Target, out var defaults))
            message = Complete(bytes, binder, defaults) ?? message;
        return true;
    }

    /// <summary>Reads the same bytes as a call of fewer parameters, and adds the defaults of those left out; null when that is no call either.</summary>
    private InvocationMessage? Complete(ReadOnlySequence<byte> bytes, IInvocationBinder binder, object?[] defaults)
    {
        for (var left = 1; left <= defaults.Length; left++)
        {
            var again = bytes;
            if (protocol.TryParseMessage(ref again, new FewerParameters(binder, left), out var message) && message is InvocationMessage call)
                return new InvocationMessage(call.InvocationId, call.Target, [.. call.Arguments, .. defaults[^left..]], call.StreamIds) { Headers = call.Headers };
        }

        return null;
    }

    private sealed class FewerParameters(IInvocationBinder binder, int left) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => binder.GetReturnType(invocationId);

        public Type GetStreamItemType(string streamId) => binder.GetStreamItemType(streamId);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [.. binder.GetParameterTypes(methodName).SkipLast(left)];
    }
}
