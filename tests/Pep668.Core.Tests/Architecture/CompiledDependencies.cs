using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Pep668.Tests.Architecture;

/// <summary>
/// What the types of the compiled assembly use of each other: inferred types, closures and generated code are in it,
/// constants are not.
/// </summary>
internal static class CompiledDependencies
{
    internal static IReadOnlyList<Dependency> Read(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return [.. module.GetTypes().SelectMany(type => UsedBy(type).SelectMany(use => Between(type, use.Type, use.Member))).Distinct()];
    }

    private static IEnumerable<Dependency> Between(TypeDefinition from, TypeReference? used, string member)
    {
        TypeReference owner = Outermost(from);
        string? fromComponent = Layers.ComponentOf(owner.Namespace);
        foreach (TypeReference to in Parts(used).Where(part => part.Scope == from.Module).Select(Outermost))
        {
            string? toComponent = Layers.ComponentOf(to.Namespace);
            if (fromComponent is not null && toComponent is not null && fromComponent != toComponent)
            {
                yield return new(owner.FullName, fromComponent, to.FullName, toComponent, member);
            }
        }
    }

    private static IEnumerable<(TypeReference? Type, string Member)> UsedBy(TypeDefinition type)
    {
        IEnumerable<TypeReference?> own =
            [type.BaseType, .. type.Interfaces.Select(one => one.InterfaceType), .. Constraints(type), .. Attributes(type)];
        return own.Select(used => (used, "its declaration"))
            .Concat(type.Fields.SelectMany(field =>
                Attributes(field).Prepend(field.FieldType).Select(used => ((TypeReference?)used, field.Name))))
            .Concat(type.Properties.SelectMany(property => Attributes(property).Select(used => ((TypeReference?)used, property.Name))))
            .Concat(type.Methods.SelectMany(method => UsedBy(method).Select(used => (used, method.Name))));
    }

    private static IEnumerable<TypeReference?> UsedBy(MethodDefinition method)
    {
        IEnumerable<TypeReference?> signature =
        [
            .. Signature(method), .. Constraints(method), .. Attributes(method), .. method.Parameters.SelectMany(Attributes),
            .. method.Overrides.Select(one => one.DeclaringType),
        ];
        return !method.HasBody ? signature : signature
            .Concat(method.Body.Variables.Select(variable => variable.VariableType))
            .Concat(method.Body.ExceptionHandlers.Select(handler => handler.CatchType))
            .Concat(method.Body.Instructions.SelectMany(UsedBy));
    }

    private static IEnumerable<TypeReference?> UsedBy(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, .. Signature(method.ElementMethod), .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        CallSite site => [site.ReturnType, .. site.Parameters.Select(one => one.ParameterType)],
        _ => [],
    };

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
        method.Parameters.Select(one => one.ParameterType).Prepend(method.ReturnType);

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider provider) =>
        provider.GenericParameters.SelectMany(parameter => parameter.Constraints.Select(one => one.ConstraintType));

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute =>
            attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>().Prepend(attribute.AttributeType));

    /// <summary>The named types that a type is made of: element types and type arguments.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        RequiredModifierType modified => Parts(modified.ElementType).Concat(Parts(modified.ModifierType)),
        FunctionPointerType pointer => pointer.Parameters.SelectMany(one => Parts(one.ParameterType)).Concat(Parts(pointer.ReturnType)),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    // Closures, iterators and other compiler-generated types belong to the type in which they are nested.
    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }
        return type;
    }
}
