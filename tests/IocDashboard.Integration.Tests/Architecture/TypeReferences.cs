using Mono.Cecil;
using Mono.Cecil.Cil;

namespace IocDashboard.Integration.Tests.Architecture;

/// <summary>One written type uses another: in its members, its attributes, or the code of its methods, lambdas and state machines.</summary>
internal sealed record TypeReference(string From, string FromNamespace, string To, string ToNamespace, string? Member);

/// <summary>Reads the references of an assembly's types from its compiled code, so that nothing hides behind a <c>using</c> or a <c>var</c>.</summary>
internal static class TypeReferences
{
    public static IReadOnlyList<TypeReference> Of(System.Reflection.Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return [.. module.Types.Where(t => t.Namespace.Length > 0).SelectMany(OfType).Distinct()];
    }

    private static IEnumerable<TypeReference> OfType(TypeDefinition type) =>
        from used in Used(type)
        let outermost = Outermost(used.Type)
        where outermost.FullName != type.FullName && outermost.Namespace.Length > 0
        select new TypeReference(type.FullName, type.Namespace, outermost.FullName, outermost.Namespace, used.Member);

    private static IEnumerable<(Mono.Cecil.TypeReference Type, string? Member)> Used(TypeDefinition type)
    {
        if (type.BaseType is not null) foreach (var part in Parts(type.BaseType)) yield return (part, null);
        foreach (var part in type.Interfaces.SelectMany(i => Parts(i.InterfaceType))) yield return (part, null);
        foreach (var part in type.CustomAttributes.SelectMany(OfAttribute)) yield return (part, null);
        foreach (var field in type.Fields) foreach (var part in Parts(field.FieldType)) yield return (part, null);
        foreach (var property in type.Properties) foreach (var part in property.CustomAttributes.SelectMany(OfAttribute)) yield return (part, null);
        foreach (var method in type.Methods)
        {
            foreach (var part in Parts(method.ReturnType)) yield return (part, null);
            foreach (var part in method.Parameters.SelectMany(p => Parts(p.ParameterType))) yield return (part, null);
            foreach (var part in method.CustomAttributes.SelectMany(OfAttribute)) yield return (part, null);
            if (!method.HasBody) continue;
            foreach (var part in method.Body.Variables.SelectMany(v => Parts(v.VariableType))) yield return (part, null);
            foreach (var used in method.Body.Instructions.SelectMany(OfInstruction)) yield return used;
        }
        foreach (var used in type.NestedTypes.SelectMany(Used)) yield return used;
    }

    private static IEnumerable<(Mono.Cecil.TypeReference Type, string? Member)> OfInstruction(Instruction instruction) => instruction.Operand switch
    {
        MethodReference method => Parts(method.DeclaringType).Select(t => (t, (string?)method.Name))
            .Concat(Parts(method.ReturnType).Select(t => (t, (string?)null)))
            .Concat(method is GenericInstanceMethod generic ? generic.GenericArguments.SelectMany(Parts).Select(t => (t, (string?)null)) : []),
        FieldReference field => Parts(field.DeclaringType).Concat(Parts(field.FieldType)).Select(t => (t, (string?)null)),
        Mono.Cecil.TypeReference named => Parts(named).Select(t => (t, (string?)null)),
        _ => [],
    };

    private static IEnumerable<Mono.Cecil.TypeReference> OfAttribute(CustomAttribute attribute) =>
        attribute.ConstructorArguments.Select(a => a.Value).OfType<Mono.Cecil.TypeReference>().Append(attribute.AttributeType).SelectMany(Parts);

    private static IEnumerable<Mono.Cecil.TypeReference> Parts(Mono.Cecil.TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        GenericParameter => [],
        _ => [type],
    };

    private static Mono.Cecil.TypeReference Outermost(Mono.Cecil.TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }
}
